import uPlot from "uplot";

/** The data of a chart over time, as `data-chart` holds it in JSON. */
interface ChartData {
  /** Local times, seconds since 1970 as if they were UTC; ascending. */
  readonly times: readonly number[];
  /** How long each of them lasts, in seconds. */
  readonly step: number;
  /** What the values count; whole things without a unit where null. */
  readonly unit: "bytes" | null;
  readonly series: readonly ChartSeries[];
}

interface ChartSeries {
  readonly label: string;
  /** A custom property of the style sheet, such as `--postmaster-green`. */
  readonly colour: string;
  readonly dash: readonly number[];
  readonly values: readonly number[];
}

const drawn = new WeakMap<HTMLElement, uPlot>();
const HEIGHT = 220;
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
/** A minute to a quarter, in seconds: labels tell minutes. */
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200, 129_600].map(
  (minutes) => minutes * 60,
);
/** There is no half mail: 1, 2, 5, 10, 20 … */
const WHOLE_STEPS = Array.from({ length: 30 }, (_, index) => ([1, 2, 5][index % 3] ?? 1) * 10 ** Math.floor(index / 3));

/** Draws the charts in `[data-chart]`, again where there are some: sizes and colours may have changed. The same numbers stand in a table beside each. */
export function drawCharts(root: HTMLElement): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-chart]")) {
    const data = readChart(place.dataset["chart"] ?? "");
    drawn.get(place)?.destroy();
    if (data === null) continue;
    const chart = new uPlot(
      optionsFor(place, data),
      [[...data.times], ...data.series.map(({ values }) => [...values])],
      place,
    );
    // The figure is one picture with a description; what uPlot adds for the mouse is no text to be read.
    chart.root.setAttribute("aria-hidden", "true");
    drawn.set(place, chart);
  }
}

function optionsFor(place: HTMLElement, data: ChartData): uPlot.Options {
  const { fontFamily } = getComputedStyle(place);
  const colour = (name: string): string => colourOf(place, name);
  const axis: uPlot.Axis = {
    stroke: colour("--postmaster-quiet"),
    grid: { stroke: colour("--postmaster-grid"), width: 1 },
    ticks: { stroke: colour("--postmaster-grid"), width: 1 },
    font: `12px ${fontFamily}`,
  };
  return {
    width: Math.max(200, place.clientWidth),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, incrs: TIME_STEPS, values: (_, times) => times.map(timeText) },
      data.unit === "bytes"
        ? { ...axis, incrs: WHOLE_STEPS, size: 70, values: (_, values) => values.map(bytesText) }
        : { ...axis, incrs: WHOLE_STEPS },
    ],
    scales: {
      // The last step is as wide as the others, also where it is the first one.
      x: { range: [data.times[0] ?? 0, (data.times.at(-1) ?? 0) + data.step] },
      y: { range: (_, __, highest) => [0, Math.max(1, highest * 1.05)] },
    },
    series: [
      { value: "{YYYY}-{MM}-{DD} {HH}:{mm}", label: "Time" },
      ...data.series.map(({ label, colour: name, dash }): uPlot.Series => {
        const stepped = uPlot.paths.stepped?.({ align: 1, extend: true });
        return {
          label,
          stroke: colour(name),
          width: 1.5,
          dash: [...dash],
          ...(data.unit === "bytes" ? { value: (_: uPlot, value: number | null) => bytesText(value) } : {}),
          points: { show: false },
          ...(stepped === undefined ? {} : { paths: stepped }),
        };
      }),
    ],
  };
}

/** A custom property as a colour that a canvas understands: whatever functions it is made of, the browser works it out. */
function colourOf(place: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** `20 MB`, by thousands: the steps of the axis are round in decimal numbers. */
function bytesText(bytes: number | null): string {
  if (bytes === null) return "--";
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${Math.round((bytes / 1000 ** unit) * 10) / 10} ${UNITS[unit] ?? ""}`;
}

/** `06:30`, at midnight the date. */
function timeText(seconds: number): string {
  const text = new Date(seconds * 1000).toISOString();
  const clock = text.slice(11, 16);
  return clock === "00:00" ? text.slice(5, 10) : clock;
}

/** Null for what is no chart. */
function readChart(json: string): ChartData | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by core/report/log/html/volume-section.ts, with this very shape
    const data = JSON.parse(json) as ChartData;
    return data.times.length > 0 ? data : null;
  } catch {
    return null;
  }
}
