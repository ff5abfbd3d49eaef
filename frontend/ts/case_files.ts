// The page of a case's documents.
import "../styles/page.css";
import { startCaseFiles } from "./case_files_form";
import { startSite } from "./site";

startSite();
startCaseFiles();
