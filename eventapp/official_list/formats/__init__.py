"""The official list as a file: PDF, Word and workbook."""
