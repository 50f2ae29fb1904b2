"""Results as files for the office: Word with real footnotes, Excel, CSV, Markdown."""
