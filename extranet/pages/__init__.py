"""Pages of a network: Markdown, side by side in two languages, with drafts and versions."""
