package spec

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
)

// Sizes of the drawing, in its own units.
const (
	boxWide, boxHigh = 150, 46
	rowHigh          = 122
	left, gap        = 120, 60
	endsAt           = left + 2*(boxWide+gap) + 110 // where the ends stand that are not wished for
)

// A box is a state as it is drawn.
type box struct {
	x, y  int
	again []string // the events that leave it where it is
	final bool
	bad   bool // it ended without completion
}

// Draw draws a machine from its transitions: rows by how far a state is from the
// beginning, the ends at the right. That time may run out at every state is said
// once instead of drawn.
func (m Machine) Draw(id string) template.HTML {
	boxes, order, height := m.place()
	var b strings.Builder
	width := left + 2*(boxWide+gap) + boxWide + 150
	fmt.Fprintf(
		&b,
		`<svg class="states" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title"><title id="%s-title">%sの状態の移り変わり</title>`,
		width,
		height,
		id,
		id,
		html.EscapeString(m.Title),
	)
	fmt.Fprintf(
		&b,
		`<defs><marker id="%s-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"/></marker></defs>`,
		id,
	)
	labels := ""
	for _, pair := range m.pairs() {
		from, to := boxes[pair.From], boxes[pair.To]
		path, lx, ly, anchor := route(from, to)
		fmt.Fprintf(&b, `<path class="edge" d="%s" marker-end="url(#%s-arrow)"/>`, path, id)
		labels += fmt.Sprintf(`<text class="event" x="%d" y="%d" text-anchor="%s">%s</text>`, lx, ly, anchor, html.EscapeString(pair.On))
	}
	if end, ok := boxes["expired"]; ok {
		fmt.Fprintf(
			&b,
			`<path class="edge any" d="M%d %d L%d %d" marker-end="url(#%s-arrow)"/>`,
			end.x-120,
			end.y+boxHigh/2,
			end.x,
			end.y+boxHigh/2,
			id,
		)
		labels += fmt.Sprintf(`<text class="event" x="%d" y="%d" text-anchor="end">どの状態からも、時間切れ</text>`, end.x-10, end.y+boxHigh/2-7)
	}
	for _, name := range order {
		s := boxes[name]
		class := "state"
		if s.final {
			class += " final"
		}
		if s.bad {
			class += " bad"
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="10"/><text class="name" x="%d" y="%d">%s</text>`,
			class, s.x, s.y, boxWide, boxHigh, s.x+boxWide/2, s.y+boxHigh/2+5, html.EscapeString(fixtures.StateName(name)))
		if len(s.again) > 0 {
			fmt.Fprintf(
				&b,
				`<text class="again" x="%d" y="%d">↺ %s</text>`,
				s.x+boxWide/2,
				s.y+boxHigh+15,
				html.EscapeString(strings.Join(s.again, "・")),
			)
		}
	}
	b.WriteString(labels + "</svg>")
	return template.HTML(b.String()) // every text in it was escaped
}

// pairs are the transitions to be drawn: one for each two states, with all its
// events. A way back and what ends by time alone are left out.
func (m Machine) pairs() []Edge {
	var all []Edge
	for _, e := range m.Edges {
		if e.From == e.To || e.On == "expire" {
			continue
		}
		i := slices.IndexFunc(all, func(a Edge) bool { return a.From == e.From && a.To == e.To })
		if i < 0 {
			all = append(all, Edge{e.From, fixtures.EventName(e.On), e.To})
		} else {
			all[i].On += "・" + fixtures.EventName(e.On)
		}
	}
	return all
}

// place puts the states into rows.
func (m Machine) place() (boxes map[string]*box, order []string, height int) {
	boxes = map[string]*box{}
	if len(m.Edges) == 0 {
		return boxes, nil, boxHigh
	}
	ends := []string{"unavailable", "locked", "expired"}
	depth := map[string]int{m.Edges[0].From: 0}
	order = []string{m.Edges[0].From}
	for i := 0; i < len(order); i++ {
		for _, e := range m.Edges {
			if _, seen := depth[e.To]; e.From == order[i] && !seen && !slices.Contains(ends, e.To) {
				depth[e.To] = depth[e.From] + 1
				order = append(order, e.To)
			}
		}
	}
	column := map[int]int{}
	for _, name := range order {
		d := depth[name]
		boxes[name] = &box{x: left + column[d]*(boxWide+gap+30), y: 20 + d*rowHigh, final: name == "completed"}
		column[d]++
		height = max(height, 20+d*rowHigh+boxHigh+30)
	}
	for i, end := range ends {
		if slices.ContainsFunc(m.Edges, func(e Edge) bool { return e.To == end }) {
			boxes[end] = &box{x: endsAt, y: 20 + (i+1)*rowHigh + 40*i, final: true, bad: true}
			order = append(order, end)
		}
	}
	for _, s := range boxes {
		height = max(height, s.y+boxHigh+30)
	}
	for _, e := range m.Edges {
		if e.From == e.To {
			boxes[e.From].again = append(boxes[e.From].again, fixtures.EventName(e.On))
		}
	}
	return boxes, order, height
}

// route is the line from one box to another, and where its label stands.
func route(from, to *box) (path string, x, y int, anchor string) {
	fx, tx := from.x+boxWide/2, to.x+boxWide/2
	switch {
	case to.bad && to.y > from.y: // an end at the right, lower down
		sx, sy, ty := from.x+boxWide-16, from.y+boxHigh, to.y+boxHigh/2
		return fmt.Sprintf("M%d %d C%d %d %d %d %d %d", sx, sy, sx+10, ty, to.x-80, ty, to.x, ty), to.x - 10, ty - 7, "end"
	case to.bad: // an end at the right
		sx, sy, ty := from.x+boxWide, from.y+boxHigh/2, to.y+boxHigh/2
		return fmt.Sprintf("M%d %d C%d %d %d %d %d %d", sx, sy, sx+60, sy, to.x-60, ty, to.x, ty), to.x - 8, ty - 7, "end"
	case to.y > from.y && fx == tx: // on
		return fmt.Sprintf("M%d %d L%d %d", fx, from.y+boxHigh, tx, to.y), fx + 8, to.y - 22, "start"
	case to.y > from.y: // on, to another column
		return fmt.Sprintf(
				"M%d %d C%d %d %d %d %d %d",
				fx+30,
				from.y+boxHigh,
				fx+30,
				to.y-20,
				tx,
				from.y+boxHigh+20,
				tx,
				to.y,
			), max(
				fx,
				tx,
			) + 8, to.y - 22, "start"
	case to.y == from.y: // beside
		if to.x > from.x {
			return fmt.Sprintf(
				"M%d %d L%d %d",
				from.x+boxWide,
				from.y+14,
				to.x,
				to.y+14,
			), (from.x + boxWide + to.x) / 2, from.y + 6, "middle"
		}
		return fmt.Sprintf(
			"M%d %d L%d %d",
			from.x,
			from.y+32,
			to.x+boxWide,
			to.y+32,
		), (to.x + boxWide + from.x) / 2, from.y + boxHigh + 4, "middle"
	}
	// back, along the left
	sy, ty := from.y+boxHigh/2, to.y+boxHigh/2
	return fmt.Sprintf(
			"M%d %d C%d %d %d %d %d %d",
			from.x,
			sy,
			from.x-50,
			sy,
			to.x-50,
			ty,
			to.x,
			ty,
		), min(
			from.x,
			to.x,
		) - 42, (sy+ty)/2 + 4, "end"
}
