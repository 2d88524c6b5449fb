/** The glossary: its formulas and symbols in the notation that the reader has chosen. */

import { mountNotation } from "../course/notation-switch.js";
import { place } from "../page.js";

mountNotation(place("main"));
