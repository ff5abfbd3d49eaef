// Every page but the map's: the text is the server's; this helps to search and to share.
import "../styles/page.css";
import { startSite } from "./site";

startSite();
