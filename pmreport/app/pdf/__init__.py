"""A page as a PDF, made by a browser that is installed, else by WeasyPrint."""

from pmreport.app.pdf.make import render

__all__ = ["render"]
