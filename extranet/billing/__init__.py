"""What an event costs, who pays which share, and the basis of the invoices."""
