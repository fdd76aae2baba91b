"""Materials handed on: pages for supervisors, links for one person outside."""
