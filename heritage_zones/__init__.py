"""Protected places, buffers, historic fabric, starred plots: hard caps and duties."""
