"""Reports: links, items, personal details in words, receipts, outcomes. Pure."""
