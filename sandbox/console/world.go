package console

import (
	"context"
	"net/http"
	"slices"

	"example.com/netanswer/sandbox/world"
)

// shownWorlds is how many worlds the switcher shows: those that began last.
const shownWorlds = 12

// worldsView is the world switcher.
type worldsView struct {
	Rows []worldRow
	More int // how many there are besides
}

type worldRow struct {
	Name, Address string
	Registrations int
	Open          bool
}

// worldList is the list of worlds by itself, which the page's own script asks for
// again and again.
func (f handler) worldList(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("world")
	if err := world.CheckName(name); err != nil {
		f.sorry(w, http.StatusBadRequest, "その名前は使えません", badName)
		return
	}
	worlds, err := f.viewWorlds(r.Context(), name)
	if err != nil {
		panic(err) // middleware.Survive gives it an incident number
	}
	f.write(w, http.StatusOK, "world-list", worlds)
}

func (f handler) viewWorlds(ctx context.Context, open string) (*worldsView, error) {
	all, err := f.control.Listed(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b world.Listing) int { return b.CreatedAt.Compare(a.CreatedAt) })
	v := &worldsView{More: max(0, len(all)-shownWorlds)}
	var names []string
	for _, l := range all[:min(len(all), shownWorlds)] {
		names = append(names, l.Name)
	}
	var shown []world.Snapshot
	if len(names) > 0 {
		if shown, err = f.control.Worlds(ctx, names...); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(shown, func(a, b world.Snapshot) int { return b.CreatedAt.Compare(a.CreatedAt) })
	for _, m := range shown {
		v.Rows = append(
			v.Rows,
			worldRow{Name: m.Name, Address: place{world: m.Name}.String(), Registrations: m.Registrations.Len(), Open: m.Name == open},
		)
	}
	if !slices.ContainsFunc(v.Rows, func(r worldRow) bool { return r.Open }) {
		v.Rows = append([]worldRow{{Name: open, Address: place{world: open}.String(), Open: true}}, v.Rows...)
	}
	return v, nil
}
