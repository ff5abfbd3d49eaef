// The page of a proposal: the footprint on the map, the table with its totals. Without this the form works all the same.
import "./page";
import "../styles/proposal.css";
import { readBlock } from "./page_data";
import { proposalMap, type ProposalData } from "./proposal_map";
import { liveRows } from "./proposal_rows";
import { speak } from "./wording";

const data = readBlock<ProposalData>("proposal-data");
const form = document.querySelector<HTMLFormElement>("#proposal-form");
if (data) speak(data.language, data.texts);
if (form) liveRows(form);
if (data && form) void proposalMap(data, form);
