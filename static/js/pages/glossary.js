/** The glossary: its formulas and symbols in the notation that the reader has chosen. */

import { mountNotation } from "../course/notation-switch.js";
import { place } from "../shell/page.js";

mountNotation(place("main"));
