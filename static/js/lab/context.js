/**
 * What every part of the Lab is mounted with. Types only; nothing here runs.
 *
 * @import { Client } from "../api/client.js"
 * @import { Translate } from "../i18n/i18n.js"
 * @import { Store } from "../kit/store.js"
 * @import { LabActions } from "./state/actions.js"
 * @import { PageState } from "./state/state.js"
 *
 * @typedef {object} LabContext
 * @property {Store<PageState>} store
 * @property {LabActions} actions
 * @property {Translate} t always in the language of the moment
 * @property {Client} api with `api.lab`
 */

export {};
