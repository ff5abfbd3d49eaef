// The tools for drawing, loaded only where something is drawn. They hang themselves on Leaflet's global.
import "@geoman-io/leaflet-geoman-free";
import "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
