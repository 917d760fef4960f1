// Opening hours: whether somebody is there now, and the week on the visitor's clock.

const MINUTE = 60000;
const DAY = 1440 * MINUTE;
const TIME = { hour: "numeric", minute: "numeric" };

/** What clocks show at an instant, in milliseconds as if it were UTC; without a zone, the visitor's clocks. */
function clockOf(zone) {
  const format = new Intl.DateTimeFormat("en-US", { year: "numeric", month: "numeric", day: "numeric", ...TIME, hourCycle: "h23", timeZone: zone });
  return (instant) => {
    const [month, day, year, hour, minute] = format.format(instant).match(/\d+/g);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
}

/** The first instant at which a clock shows `time`; where summer time skips it, as long after the change. */
function instantOf(time, clock) {
  const guesses = [time - DAY, time + DAY].map((near) => time + near - clock(near));
  return guesses.find((instant) => clock(instant) === time) ?? guesses[0];
}

/** Opening and closing instants, from a week ago until nine days ahead or the first opening after that. */
function* stretches({ days, zone, holidays }, now) {
  const clock = clockOf(zone);
  const first = Math.floor(clock(now) / DAY) - 7;
  let last;
  for (let day = first; day < first + 400; day++) {
    if (holidays.includes(new Date(day * DAY).toISOString().slice(0, 10))) continue;
    for (const span of days[weekday(day)]) {
      const [opens, closes] = span.map((minute) => instantOf(day * DAY + minute * MINUTE, clock));
      if (last?.[1] >= opens) last[1] = closes;
      else {
        if (last) yield last;
        last = [opens, closes];
      }
      if (closes > +now + 9 * DAY) return yield last;
    }
  }
}

const weekday = (day) => (day + 3) % 7; // day 0, 1970-01-01, was a Thursday

/** `{open: true, until}` or `{open: false, opens}`, with null for never. A holiday is a day of the channel's zone. */
export function stateAt(schedule, now) {
  for (const [opens, closes] of stretches(schedule, now)) {
    if (opens > now) return { open: false, opens: new Date(opens) };
    if (closes > now) return { open: true, until: closes > +now + 8 * DAY ? null : new Date(closes) };
  }
  return { open: false, opens: null };
}

/** An instant on the visitor's clock: today the time alone, else with "tomorrow", a weekday or a date. */
export function moment(instant, now, lang) {
  const days = dayOf(instant) - dayOf(now);
  const day = days && { weekday: "long", ...(days > 6 && { day: "numeric", month: "long" }) };
  const tomorrow = days === 1 && new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(1, "day");
  const parts = new Intl.DateTimeFormat(lang, { ...day, ...TIME }).formatToParts(instant);
  return parts.map(({ type, value }) => (tomorrow && type === "weekday" ? tomorrow : value)).join("");
}

const dayOf = (instant) => Math.floor(clockOf()(instant) / DAY);

/** The coming week on the visitor's clock, as in "Mon–Fri 15:00–23:00"; empty where the channel's shows the same. */
export function visitorHours(schedule, now, lang) {
  if (clockOf(schedule.zone)(now) === clockOf()(now)) return "";
  const text = (instant, form) => new Intl.DateTimeFormat(lang, form).format(instant);
  const week = schedule.days.map(() => "");
  for (const [opens, closes] of stretches({ ...schedule, holidays: [] }, now)) {
    const days = dayOf(opens) - dayOf(now);
    if (closes - opens > 7 * DAY) return "";
    if (days < 0 || days > 6) continue;
    const end = text(closes, closes - opens < DAY ? TIME : { weekday: "short", ...TIME });
    week[weekday(dayOf(opens))] += `, ${text(opens, TIME)}–${end}`;
  }
  return grouped(week, (day) => text(new Date(2024, 0, 1 + day), { weekday: "short" })); // a Monday
}

/** Neighbouring days of the same times together, from a day that differs from the one before it. */
function grouped(week, name) {
  let first = Math.max(0, week.findIndex((times, day) => times !== week.at(day - 1)));
  const groups = [];
  for (let day = first, end = first + 6; day <= end; day++) {
    const times = week[day % 7].slice(2);
    if (day < end && week[(day + 1) % 7] === week[day % 7]) continue;
    if (times) groups.push(`${name(first)}${day > first ? `–${name(day)}` : ""} ${times}`);
    first = day + 1;
  }
  return groups.join("; ");
}

/** Fills the places for state and week; where Intl lacks the zone or the language, the server's text stays. */
export function show(element, now) {
  const { kbHours, open, always, closed, yours } = element.dataset;
  try {
    const schedule = JSON.parse(kbHours);
    const lang = languageOf(document.documentElement.lang);
    const state = stateAt(schedule, now);
    const change = state.until ?? state.opens;
    const time = change && moment(change, now, lang);
    const week = visitorHours(schedule, now, lang);
    const place = element.querySelector("[data-kb-open]");
    put(place, time ? (state.open ? open : closed).replace("{time}", time) : state.open && always);
    if (place) place.dataset.state = state.open ? "open" : "closed";
    put(element.querySelector("[data-kb-yours]"), week && yours.replace("{hours}", week));
  } catch {
    // a RangeError of Intl
  }
}

/** The visitor's own variety of the page's language: the clocks of Britain and America differ. */
function languageOf(page) {
  const base = (tag) => tag.split("-")[0];
  return navigator.languages.find((own) => page && base(own) === base(page)) ?? (page || undefined);
}

function put(place, text) {
  if (!place || !text) return;
  place.textContent = text;
  place.hidden = false;
}

/** Keeps the state true while the page stays open. */
export function mount(element) {
  const update = () => show(element, new Date());
  update();
  setInterval(update, MINUTE);
}
