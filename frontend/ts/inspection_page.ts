// The inspector's pages: the list of visits and the form on the spot. Without this they are plain pages and a plain form.
import "./page";
import { startDevice } from "./inspection_device";
import { startForm } from "./inspection_form";

async function start(): Promise<void> {
  const device = await startDevice();
  if (!device) return;
  const form = document.querySelector<HTMLFormElement>("#inspection-form");
  if (form) await startForm(form, device);
  await device.run();
}

void start();
