"""An extract as a document to hold: PDF with a map, QR of its permanent link, geometry for other programs."""
