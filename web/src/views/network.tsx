// Who does what to whom. The picture is laid out once, the same every time; the table says the same in words.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { useMemo, useState } from "preact/hooks";
import type { Edge, Network as Net, Node } from "../api/types";
import { useApp, useData, useWidth } from "../app/context";
import { countryName } from "../lib/countries";
import { filterParams, type State } from "../lib/state";
import { QUADS, QUAD_WORDS, SECTORS, plural, type Quad } from "../lib/words";
import { affiliation } from "../lib/say";
import { AsTable, Empty, Link, QuadKey, Show, Swatch, Twins } from "../ui/parts";
import { EventList } from "./events";

/** More lines than this are a tangle, on a telephone sooner; the data has them all. */
const top = (narrow: boolean) => (narrow ? "20" : "60");

function nodeName(net: Net, node: Node | undefined, id: string): string {
  if (!node) return id.replace(/^=/, "");
  return net.level === "country" ? countryName(node.label) : node.label;
}

export function Network() {
  const { state } = useApp();
  const level = state.level === "country" ? "country" : "actor";
  const [narrow] = useState(() => window.matchMedia("(max-width: 599px)").matches);
  const most = state.table ? "500" : top(narrow);
  const params = filterParams(state, "events");
  params.set("level", level);
  params.set("top", most);
  const net = useData<Net>("network.json", params);
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Who deals with whom</h1>
        <p class="lead">A line runs from whoever acts to whoever it is done to; the thicker, the more often. Choose a line to see the events behind it.</p>
        <div class="view-tools">
          <QuadKey />
          <div class="switches">
          <div class="switch" role="group" aria-label="Who is a dot">
            <Link to={{ level: "" }} current={level === "actor"} class="switch-item">People and bodies</Link>
            <Link to={{ level: "country" }} current={level === "country"} class="switch-item">Countries</Link>
          </div>
          <AsTable chart="Network" />
          </div>
        </div>
      </div>
      <Show of={net} height="chart">
        {(data) => data.edges.length === 0 ? <Empty title="No event under these filters has both somebody who acts and somebody it is done to." /> : (
          <>
            {state.table ? <Dyads net={data} /> : <Drawing net={data} />}
            {data.more > 0 && <p class="muted">{plural(data.more, "rarer line")} left out.</p>}
          </>
        )}
      </Show>
      {state.actor.length + state.recipient.length + state.party.length > 0 && <><h2>Events between them</h2><EventList /></>}
      <Twins kind="events" path="network" extra={{ level, top: most }} />
    </section>
  );
}

/** A name in lines of about twenty letters, broken between words. */
export function lines(name: string, most = 20): string[] {
  const out: string[] = [];
  for (const word of name.split(" ")) {
    const last = out[out.length - 1];
    if (last !== undefined && last.length + word.length < most) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  return out;
}

interface Spot extends SimulationNodeDatum { node: Node; r: number }

function edgeTo(edge: Edge): Partial<State> { return { actor: [edge.from], recipient: [edge.to], quad: [edge.quad], cursor: "" }; }

function Drawing({ net }: { net: Net }) {
  const { go, href, state } = useApp();
  const [ref, width] = useWidth<HTMLDivElement>(900);
  const height = width < 600 ? 620 : Math.round(Math.min(Math.max(420, width * (net.nodes.length > 30 ? 0.75 : 0.6)), 1000));
  const spots = useMemo(() => {
    const most = Math.max(1, ...net.nodes.map((node) => node.count));
    const nodes: Spot[] = net.nodes.map((node, index) => {
      // Begun on a spiral, so that the same data always gives the same picture.
      const turn = index * 2.39996;
      const away = 12 * Math.sqrt(index + 0.5);
      return { node, r: width < 600 ? 4 + 8 * Math.sqrt(node.count / most) : 5 + 14 * Math.sqrt(node.count / most), x: width / 2 + away * Math.cos(turn), y: height / 2 + away * Math.sin(turn) };
    });
    const links: SimulationLinkDatum<Spot>[] = net.edges.filter((edge) => edge.from !== edge.to).map((edge) => ({ source: edge.from, target: edge.to }));
    const simulation = forceSimulation(nodes)
      .force("link", forceLink<Spot, SimulationLinkDatum<Spot>>(links).id((spot) => spot.node.id).distance(Math.min(130, width / 4)).strength(0.5))
      .force("charge", forceManyBody().strength(-Math.min(420, width * 0.45)))
      .force("centre", forceCenter(width / 2, height / 2))
      .force("x", forceX(width / 2).strength(0.05))
      .force("y", forceY(height / 2).strength(0.09))
      .force("collide", forceCollide<Spot>((spot) => spot.r + 16))
      .stop();
    simulation.tick(260);
    // Stretched to the frame, side by side and up and down for itself: nothing piles up at an edge, and no name is cut off.
    const wide = (spot: Spot) => Math.max(spot.r + 6, Math.max(...lines(spot.node.label).map((line) => line.length)) * 3.4);
    const fit = (value: number, from: number, to: number, low: number, high: number) => (to - from < 1 ? (low + high) / 2 : low + ((value - from) / (to - from)) * (high - low));
    const [left, right] = [Math.min(...nodes.map((spot) => spot.x!)), Math.max(...nodes.map((spot) => spot.x!))];
    const [top, bottom] = [Math.min(...nodes.map((spot) => spot.y!)), Math.max(...nodes.map((spot) => spot.y!))];
    for (const spot of nodes) {
      spot.x = Math.max(wide(spot), Math.min(width - wide(spot), fit(spot.x!, left, right, 56, width - 56)));
      spot.y = fit(spot.y!, top, bottom, 48, height - 64);
    }
    return new Map(nodes.map((spot) => [spot.node.id, spot]));
  }, [net, width, height]);
  const most = Math.max(1, ...net.edges.map((edge) => edge.count));
  const label = (id: string) => nodeName(net, spots.get(id)?.node, id);
  return (
    <div ref={ref} class="network-frame">
      <svg class="network" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Network of ${net.nodes.length} parties; the table holds the same`}>
        {net.edges.map((edge) => {
          const a = spots.get(edge.from);
          const b = spots.get(edge.to);
          if (!a || !b) return null;
          const words = `${label(edge.from)} to ${label(edge.to)}: ${QUAD_WORDS[edge.quad as Quad]?.name.toLowerCase() ?? edge.quad}, ${plural(edge.count, "event")}`;
          const [ax, ay, bx, by] = [a.x!, a.y!, b.x!, b.y!];
          const dx = bx - ax;
          const dy = by - ay;
          const length = Math.hypot(dx, dy) || 1;
          // Each group bends its own way, so that lines between the same two do not hide one another.
          const bend = (0.12 + 0.1 * Math.max(0, QUADS.indexOf(edge.quad as Quad))) * length;
          const cx = (ax + bx) / 2 - (dy / length) * bend;
          const cy = (ay + by) / 2 + (dx / length) * bend;
          const ex = bx - cx;
          const ey = by - cy;
          const end = Math.hypot(ex, ey) || 1;
          // The name stands under the dot: a line that comes from below ends under the name.
          const gap = ey < 0 && Math.abs(ex) < -ey * 1.6 ? b.r + 6 + 14 * lines(b.node.label).length : b.r + 3;
          const tx = bx - (ex / end) * gap;
          const ty = by - (ey / end) * gap;
          const w = 1.25 + 4 * Math.sqrt(edge.count / most);
          const hx = ex / end;
          const hy = ey / end;
          const s = 4 + w;
          const d = edge.from === edge.to ? `M${ax - a.r * 0.7},${ay - a.r * 0.7} C${ax - 40},${ay - 46} ${ax + 40},${ay - 46} ${ax + a.r * 0.7},${ay - a.r * 0.7}` : `M${ax},${ay} Q${cx},${cy} ${tx - hx * s},${ty - hy * s}`;
          return (
            <a key={`${edge.from} ${edge.to} ${edge.quad}`} href={href(edgeTo(edge))} aria-label={words} data-tip={words} onClick={(event) => { event.preventDefault(); go(edgeTo(edge)); }}>
              <path class="edge-hit" d={d} />
              <path class={`edge stroke-${edge.quad}`} d={d} stroke-width={w} />
              {edge.from !== edge.to && <path class={`fill-${edge.quad}`} d={`M${tx},${ty} L${tx - hx * s - hy * s * 0.6},${ty - hy * s + hx * s * 0.6} L${tx - hx * s + hy * s * 0.6},${ty - hy * s - hx * s * 0.6} Z`} />}
            </a>
          );
        })}
        {[...spots.values()].sort((a, b) => a.node.count - b.node.count).map((spot, index) => {
          // Names are written out as far as there is room; pointing at a dot tells the others.
          const named = spots.size - index <= width / 20;
          const name = nodeName(net, spot.node, spot.node.id);
          const change: Partial<State> = net.level === "country" ? { country: [spot.node.country ?? spot.node.id], cursor: "" } : { party: [spot.node.id], cursor: "" };
          const words = `${name}${net.level === "actor" ? `, ${affiliation(spot.node, SECTORS)}` : ""}: in ${plural(spot.node.count, "event")}`;
          return (
            <a key={spot.node.id} href={href(change)} aria-label={words} data-tip={words} onClick={(event) => { event.preventDefault(); go(change); }}>
              <circle class={state.party.includes(spot.node.id) ? "node chosen" : "node"} cx={spot.x} cy={spot.y} r={spot.r} />
              {named && <text class="node-name" x={spot.x} y={spot.y! + spot.r + 13}>{lines(name).map((line, index) => <tspan key={index} x={spot.x} dy={index ? 13 : 0}>{`${line} `}</tspan>)}</text>}
            </a>
          );
        })}
      </svg>
    </div>
  );
}

function Dyads({ net }: { net: Net }) {
  const nodes = new Map(net.nodes.map((node) => [node.id, node]));
  return (
    <table class="records">
      <thead><tr><th scope="col">Who</th><th scope="col">does</th><th scope="col">to whom</th><th scope="col" class="num">Events</th><th scope="col" class="num">Mean score</th></tr></thead>
      <tbody>{net.edges.map((edge) => (
        <tr key={`${edge.from} ${edge.to} ${edge.quad}`}>
          <td data-label="Who">{nodeName(net, nodes.get(edge.from), edge.from)}</td>
          <td data-label="does"><Link to={edgeTo(edge)}><Swatch quad={edge.quad} />{QUAD_WORDS[edge.quad as Quad]?.name ?? edge.quad}</Link></td>
          <td data-label="to whom">{nodeName(net, nodes.get(edge.to), edge.to)}</td>
          <td class="num" data-label="Events">{edge.count.toLocaleString("en")}</td>
          <td class="num" data-label="Mean score">{edge.score === null ? "" : edge.score.toFixed(1)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
