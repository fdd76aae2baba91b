"""How files of each kind are read. Runs in the child only; each module has `read(path, report)`."""
