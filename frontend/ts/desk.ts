// Every page of the planners' desk: the common styles and the search box of the bar.
import "./page";
import "../styles/desk.css";
import "../styles/desk_intake.css";
