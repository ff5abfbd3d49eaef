"""Reports as files that need no network. The only room of folium."""
