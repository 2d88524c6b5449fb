// The header of every page.
import "../shell/header.js";
