import "./editor.css";
import { defineElements } from "./elements/define";

defineElements();
