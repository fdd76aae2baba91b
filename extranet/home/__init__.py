"""The front page: for visitors what there is, for members what is new, next and waiting."""
