import type { CaseState, Embargo, VendorState } from '../domain/case-state.ts';
import { publicId, type LoggedEntry } from '../domain/case.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import { attentionAsData } from './case-list.ts';
import type { CaseSheet } from './case-sheet.ts';
import { dueAsData } from './due-text.ts';
import { tellAsData, toTell, waveAsData } from './party-sheet.ts';

type Time = (instant: Instant) => string;

const maybe = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> => (value === undefined ? {} : ({ [key]: value } as Record<K, V>));

const named = (logged: LoggedEntry | undefined, time: Time): object | undefined => logged && { entry: logged.name, at: time(logged.at), by: logged.entry.by };

const vendorAsData = (vendor: VendorState, time: Time): object => ({
  vendor: vendor.slug,
  role: vendor.role,
  progress: vendor.progress,
  fixPath: vendor.fixPath,
  ...maybe('publicStatus', vendor.status?.entry.status),
  statusByCve: Object.fromEntries([...vendor.statusByCve].map(([cve, { entry }]) => [cve, entry.status])),
  ...maybe('firstContact', vendor.firstContact === undefined ? undefined : time(vendor.firstContact)),
  ...maybe('lastContact', vendor.lastContact === undefined ? undefined : time(vendor.lastContact)),
  ...maybe('lastReply', vendor.lastReply === undefined ? undefined : time(vendor.lastReply)),
  gotDetails: vendor.gotDetails,
  acceptedEmbargo: vendor.acceptedEmbargo,
  steps: vendor.steps.map(({ entry }) => entry.step),
});

const embargoAsData = ({ status, until, offer, acceptedBy }: Embargo, time: Time): object => ({
  status,
  ...maybe('until', until === undefined ? undefined : time(until)),
  ...maybe('offer', offer === undefined ? undefined : time(offer)),
  acceptedBy,
});

const latchesAsData = ({ latches }: CaseState, time: Time): object => ({
  ...maybe('public', named(latches.public, time)),
  ...maybe('exploit', named(latches.exploit, time)),
  ...maybe('attacks', named(latches.attacks, time)),
});

/** One case in a JSON envelope: what case.md says, and everything that follows from the log. */
export function caseAsData({ record, state, dues, findings, attention, gate, waves, translations, zone, now }: CaseSheet): object {
  const time: Time = (instant) => formatInstant(instant, zone);
  return {
    now: time(now),
    zone,
    case: record.number,
    publicId: publicId(record.file),
    path: record.folder,
    file: record.file,
    status: state.status,
    history: state.path.map(({ from, to, by }) => ({ from, to, at: time(by.at), entry: by.name })),
    attention: attentionAsData(attention, zone),
    ...maybe('assessed', state.assessed?.entry),
    vendors: [...state.vendors.values()].map((vendor) => vendorAsData(vendor, time)),
    embargo: embargoAsData(state.embargo, time),
    latches: latchesAsData(state, time),
    cves: state.cves,
    verifications: state.verifications.map(({ entry }) => entry),
    remediations: state.remediations.map(({ entry }) => entry),
    agreedDates: Object.fromEntries([...state.agreedDates].map(([party, date]) => [party, time(date)])),
    ...maybe('startDay', state.startDay === undefined ? undefined : time(state.startDay)),
    ...maybe('scheduled', state.scheduled === undefined ? undefined : time(state.scheduled)),
    approvals: state.approvals.map(({ entry }) => ({ by: entry.by, at: entry.at, text: entry.text })),
    release: { ...maybe('requested', named(state.release.requested, time)), ...maybe('granted', named(state.release.granted, time)) },
    ...maybe('published', named(state.published, time)),
    ...maybe('gate', gate?.map(({ check, ok, detail }) => ({ check, ok, detail }))),
    advisories: Object.keys(record.advisories),
    sealed: record.sealed,
    ...maybe('translations', translations && { made: translations.made.map((logged) => ({ language: logged.entry.language, sealed: logged.entry.sealed, original: logged.entry.original, ...named(logged, time) })), missing: translations.missing }),
    ...maybe('waves', waves?.map(waveAsData)),
    toTell: toTell(dues).map((due) => tellAsData(due, zone)),
    dues: dues.map((due) => dueAsData(due, zone)),
    findings,
  };
}
