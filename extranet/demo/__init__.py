"""The demo data: fills a fresh installation with invented people, and is the cast of the tests."""
