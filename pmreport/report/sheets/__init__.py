"""The workbook of a report as values: tables to filter and to write in."""
