// Where it happened, on shapes that come with the program.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import atlas from "world-atlas/countries-50m.json?url";
import type { Map as PlaceMap, MapPlace } from "../api/types";
import { useApp, useData, useWidth } from "../app/context";
import { countryName, numericCode } from "../lib/countries";
import { labelled, markShape, radius, shares, slice } from "../lib/geo";
import { filterParams } from "../lib/state";
import { PRECISION, QUADS, QUAD_WORDS, plural, type Quad } from "../lib/words";
import { AsTable, Empty, Link, QuadKey, Show, Twins } from "../ui/parts";
import { UndatedArticles } from "../ui/undated";
import { EventList } from "./events";

type Shapes = FeatureCollection<Geometry, { name?: string }>;

function useShapes(): Shapes | null {
  const [shapes, setShapes] = useState<Shapes | null>(null);
  useEffect(() => {
    let current = true;
    void fetch(atlas).then((response) => response.json()).then((topology: Topology) => {
      const countries = topology.objects.countries;
      if (current && countries) setShapes(feature(topology, countries) as unknown as Shapes);
    }, () => undefined);
    return () => { current = false; };
  }, []);
  return shapes;
}

export function MapView() {
  const { state } = useApp();
  const params = filterParams(state, "events");
  params.set("top", "300");
  const map = useData<PlaceMap>("map.json", params);
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Where it happened</h1>
        <p class="lead">A filled mark is a town or a building that the text names. An open mark stands for a region or for “near there”. Where the text names only a country, the country is shaded and has no pin.</p>
        <div class="view-tools"><QuadKey /><AsTable chart="Map" /></div>
      </div>
      {state.table ? <Show of={map}>{(data) => <PlaceTable data={data} />}</Show> : (
        <Show of={map} height="chart">
          {(data) => (
            <>
              {data.places.length > 0 && <Drawing data={data} />}
              {data.places.length > 0 && <p class="muted">{data.placed.toLocaleString("en")} of {plural(data.total, "event")} have a place{data.more > 0 ? `; ${plural(data.more, "rarer place")} not drawn` : ""}.{data.total > data.placed && <> <Link to={{ view: "events", placed: ["no"], cursor: "" }}>See the {plural(data.total - data.placed, "other", "others")}</Link>.</>}</p>}
              {data.places.length === 0 && <NoPlaces total={data.total} />}
              {(state.from || state.to) && <UndatedArticles />}
            </>
          )}
        </Show>
      )}
      {state.place.length > 0 && <><h2>Events there</h2><EventList /></>}
      <Twins kind="events" path="map" extra={{ top: "300" }} />
    </section>
  );
}

function Drawing({ data }: { data: PlaceMap }) {
  const { state, go, href } = useApp();
  const shapes = useShapes();
  const [ref, width] = useWidth<HTMLDivElement>(900);
  const height = Math.round(Math.min(Math.max(260, width * 0.52), 900));
  const [zoom, setZoom] = useState({ scale: 1, x: 0, y: 0 });
  const drag = useRef<{ x: number; y: number; from: { x: number; y: number } } | null>(null);

  const projection = useMemo(() => geoNaturalEarth1().fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" }), [width, height]);
  const path = useMemo(() => geoPath(projection).digits(1), [projection]);
  const outlines = useMemo(() => shapes?.features.map((shape) => ({ id: String(shape.id ?? ""), d: path(shape as Feature) ?? "" })) ?? [], [shapes, path]);

  const points = data.places.map((place) => ({ place, shape: markShape(place), at: place.lat !== null && place.lon !== null ? projection([place.lon, place.lat]) : null }));
  const most = Math.max(1, ...points.filter((point) => point.shape === "filled" || point.shape === "hollow").map((point) => point.place.count));
  const countries = new Map<string, MapPlace>();
  for (const { place, shape } of points) if (shape === "area" && place.country) { const code = numericCode(place.country); if (code) countries.set(code, place); }
  const mostCountry = Math.max(1, ...[...countries.values()].map((place) => place.count));

  const fit = () => {
    const spots = points.flatMap((point) => (point.at && (point.shape === "filled" || point.shape === "hollow") ? [point.at] : []));
    for (const [code] of countries) {
      const shape = shapes?.features.find((one) => one.id === code);
      if (shape) { const centre = path.centroid(shape as Feature); if (Number.isFinite(centre[0])) spots.push(centre); }
    }
    if (spots.length === 0) { setZoom({ scale: 1, x: 0, y: 0 }); return; }
    const xs = spots.map((spot) => spot[0]);
    const ys = spots.map((spot) => spot[1]);
    const w = Math.max(30, Math.max(...xs) - Math.min(...xs));
    const h = Math.max(20, Math.max(...ys) - Math.min(...ys));
    const scale = Math.max(1, Math.min(12, (width * 0.7) / w, (height * 0.7) / h));
    const cx = (Math.max(...xs) + Math.min(...xs)) / 2;
    const cy = (Math.max(...ys) + Math.min(...ys)) / 2;
    setZoom({ scale, x: width / 2 - cx * scale, y: height / 2 - cy * scale });
  };
  // The first look is at where things happen, not at the oceans.
  const fitted = useRef("");
  useEffect(() => {
    const key = `${width} ${data.places.map((place) => place.name).join("|")} ${shapes !== null}`;
    if (fitted.current !== key) { fitted.current = key; fit(); }
  });
  const by = (factor: number) => setZoom((before) => {
    const scale = Math.max(1, Math.min(40, before.scale * factor));
    const ratio = scale / before.scale;
    return scale === 1 ? { scale, x: 0, y: 0 } : { scale, x: width / 2 - (width / 2 - before.x) * ratio, y: height / 2 - (height / 2 - before.y) * ratio };
  });
  const pan = (dx: number, dy: number) => setZoom((before) => ({ ...before, x: before.x + dx, y: before.y + dy }));

  const choose = (place: MapPlace) => ({ place: [`=${place.name}`], cursor: "" });
  const words = (place: MapPlace) => `${place.name}${place.country && place.kind !== "country" ? `, ${countryName(place.country)}` : ""}: ${plural(place.count, "event")}; ${QUADS.filter((quad) => place.by[quad]).map((quad) => `${QUAD_WORDS[quad].name.toLowerCase()} ${place.by[quad]}`).join(", ")}. ${PRECISION[place.kind === "country" ? "none" : place.precision] ?? ""}.`;
  const transform = `translate(${zoom.x} ${zoom.y}) scale(${zoom.scale})`;

  const drawn = points
    .flatMap(({ place, shape, at }) => (at && (shape === "filled" || shape === "hollow") ? [{ place, shape, x: at[0] * zoom.scale + zoom.x, y: at[1] * zoom.scale + zoom.y, r: radius(place.count, most) }] : []))
    .sort((a, b) => b.place.count - a.place.count);
  const named = labelled(drawn.map(({ place, x, y, r }) => ({ x, y, r, name: place.name })));

  return (
    <div class="map-frame" ref={ref}>
      <svg
        class="map" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Map of ${data.places.length} places; the table holds the same`}
        onWheel={(event) => { if (!event.ctrlKey && !event.metaKey) return; event.preventDefault(); by(event.deltaY < 0 ? 1.25 : 0.8); }}
        onPointerDown={(event) => { if (event.target instanceof Element && event.target.closest("a")) return; event.currentTarget.setPointerCapture(event.pointerId); drag.current = { x: event.clientX, y: event.clientY, from: { x: zoom.x, y: zoom.y } }; }}
        onPointerMove={(event) => { const start = drag.current; if (start) setZoom((before) => ({ ...before, x: start.from.x + event.clientX - start.x, y: start.from.y + event.clientY - start.y })); }}
        onPointerUp={() => { drag.current = null; }}
      >
        <defs>
          <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={`scale(${1 / zoom.scale}) rotate(45)`}><line x1="0" y1="0" x2="0" y2="5" class="hatch" /></pattern>
        </defs>
        <g transform={transform}>
          <path class="sphere" d={path({ type: "Sphere" }) ?? ""} />
          {outlines.map(({ id, d }, index) => {
            const place = countries.get(id);
            if (!place) return <path key={index} class="land" d={d} vector-effect="non-scaling-stroke" />;
            const chosen = state.place.includes(`=${place.name}`);
            return (
              <a key={index} href={href(choose(place))} aria-label={words(place)} data-tip={words(place)} onClick={(event) => { event.preventDefault(); go(choose(place)); }}>
                <path class="land" d={d} vector-effect="non-scaling-stroke" />
                <path class={chosen ? "country-area chosen" : "country-area"} d={d} fill="url(#hatch)" opacity={0.45 + 0.55 * Math.sqrt(place.count / mostCountry)} vector-effect="non-scaling-stroke" />
              </a>
            );
          })}
        </g>
        {drawn.map(({ place, shape, x, y, r }, index) => {
          const chosen = state.place.includes(`=${place.name}`);
          return (
            <a key={`${place.name} ${place.lat} ${place.lon}`} href={href(choose(place))} aria-label={words(place)} data-tip={words(place)} onClick={(event) => { event.preventDefault(); go(choose(place)); }}>
              <g transform={`translate(${x} ${y})`} class={`map-mark ${shape}${chosen ? " chosen" : ""}`}>
                <circle class="ground" r={r + 1.5} />
                {shares(place.by, QUADS).map(([quad, begin, end]) => <path key={quad} class={`fill-${quad}`} fill-rule="evenodd" d={slice(shape === "hollow" ? r * 0.62 : 0, r, begin, end)} />)}
                {named[index] && <text x={r + 4} y={4}>{place.name}</text>}
              </g>
            </a>
          );
        })}
      </svg>
      <div class="map-tools" role="group" aria-label="Move the map">
        <button type="button" onClick={() => by(1.6)} aria-label="Closer">+</button>
        <button type="button" onClick={() => by(1 / 1.6)} aria-label="Farther">−</button>
        <button type="button" onClick={fit} aria-label="Fit all marks">Fit</button>
        <button type="button" class="pan" onClick={() => pan(80, 0)} aria-label="Go west">←</button>
        <button type="button" class="pan" onClick={() => pan(-80, 0)} aria-label="Go east">→</button>
        <button type="button" class="pan" onClick={() => pan(0, 80)} aria-label="Go north">↑</button>
        <button type="button" class="pan" onClick={() => pan(0, -80)} aria-label="Go south">↓</button>
      </div>
      <ul class="map-key">
        <li><svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6" class="fill-plain" /></svg> this very place</li>
        <li><svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="5" class="ring" /></svg> in this region, or near</li>
        <li><svg width="16" height="16" aria-hidden="true"><rect x="1" y="2" width="14" height="12" class="area-key" /></svg> somewhere in the country</li>
      </ul>
    </div>
  );
}

/** Nothing to draw: say so, and show the events all the same. */
function NoPlaces({ total }: { total: number }) {
  if (total === 0) return <Empty title="No event under these filters." />;
  return (
    <>
      <Empty title={`The text says of none of ${total === 1 ? "this 1 event" : `these ${total.toLocaleString("en")} events`} where it happened.`}><p>Nothing is put on the map by guessing. Below are the events themselves; <Link to={{ view: "network" }}>who deals with whom</Link> needs no place.</p></Empty>
      <EventList />
    </>
  );
}

function PlaceTable({ data }: { data: PlaceMap }) {
  if (data.places.length === 0) return <NoPlaces total={data.total} />;
  return (
    <table class="records">
      <thead><tr><th scope="col">Place</th><th scope="col">Country</th><th scope="col">How exact</th><th scope="col" class="num">Events</th>{QUADS.map((quad) => <th scope="col" class="num" key={quad}>{QUAD_WORDS[quad as Quad].name}</th>)}</tr></thead>
      <tbody>{data.places.map((place) => (
        <tr key={`${place.name} ${place.country} ${place.lat}`}>
          <td class="wide"><Link to={{ place: [`=${place.name}`], cursor: "" }}>{place.name}</Link></td>
          <td data-label="Country">{countryName(place.country)}</td>
          <td data-label="How exact">{PRECISION[place.kind === "country" ? "none" : place.precision] ?? place.precision}</td>
          <td class="num" data-label="Events">{place.count.toLocaleString("en")}</td>
          {QUADS.map((quad) => <td class="num" key={quad} data-label={QUAD_WORDS[quad].name}>{place.by[quad] ?? 0}</td>)}
        </tr>
      ))}</tbody>
    </table>
  );
}
