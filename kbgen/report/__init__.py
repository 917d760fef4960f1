"""The topic report: one page that shows what customers ask, what is answered, and what to write first."""
