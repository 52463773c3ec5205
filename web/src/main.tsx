import { render } from "preact";
import { App } from "./app/app";

const root = document.getElementById("app");
if (root) {
  // The words that stood there while the scripts came would stay.
  root.replaceChildren();
  render(<App />, root);
}
