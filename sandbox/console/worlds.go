package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/world"
)

// keyGone is the world that the page of all worlds tells to be deleted.
const keyGone = "gone"

// pageOfWorlds is how many worlds one page of all of them shows.
const pageOfWorlds = 50

// allWorldsView is the page of all worlds, those that began last first.
type allWorldsView struct {
	Gone        string // a world that was deleted just now
	Words       string // that the names must have
	Total       int    // worlds there are
	Found       int    // that have the words
	First, Last int    // of those, on this page, counted from 1
	Rows        []anyWorld
	Newer       string // the address of the page before, "" for none
	Older       string // and after
}

// An anyWorld is one of all worlds.
type anyWorld struct {
	Name, Address, Began, Now string
	Registrations, SMS, Mail  int
	Notes                     []string // what is unusual about it
}

// worlds lists all worlds, or opens the one that is named.
func (f handler) worlds(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		view, err := f.viewAllWorlds(r.Context(), r.URL.Query())
		if err != nil {
			panic(err) // middleware.Survive gives it an incident number
		}
		f.write(w, http.StatusOK, "all-worlds.html", view)
		return
	}
	if err := world.CheckName(name); err != nil {
		f.sorry(w, http.StatusBadRequest, "その名前は使えません", badName)
		return
	}
	http.Redirect(w, r, place{world: name}.String(), http.StatusSeeOther)
}

func (f handler) viewAllWorlds(ctx context.Context, asked url.Values) (*allWorldsView, error) {
	all, err := f.control.Listed(ctx)
	if err != nil {
		return nil, err
	}
	v := &allWorldsView{Words: asked.Get(keyWords), Total: len(all)}
	if gone := asked.Get(keyGone); world.CheckName(gone) == nil &&
		!slices.ContainsFunc(all, func(l world.Listing) bool { return l.Name == gone }) {
		v.Gone = gone
	}
	all = slices.DeleteFunc(all, func(l world.Listing) bool { return !hasAll(l.Name, v.Words) })
	slices.SortFunc(all, func(a, b world.Listing) int {
		if newer := b.CreatedAt.Compare(a.CreatedAt); newer != 0 {
			return newer
		}
		return strings.Compare(a.Name, b.Name)
	})
	v.Found = len(all)
	pages := max(1, (v.Found+pageOfWorlds-1)/pageOfWorlds)
	number, err := strconv.Atoi(asked.Get("page"))
	if err != nil {
		number = 1
	}
	number = min(max(number, 1), pages)
	shown := all[(number-1)*pageOfWorlds : min(v.Found, number*pageOfWorlds)]
	if len(shown) > 0 {
		v.First, v.Last = (number-1)*pageOfWorlds+1, (number-1)*pageOfWorlds+len(shown)
	}
	if number > 1 {
		v.Newer = v.address(number - 1)
	}
	if number < pages {
		v.Older = v.address(number + 1)
	}
	return v, f.fill(ctx, v, shown)
}

func (v *allWorldsView) address(page int) string {
	q := url.Values{"page": {strconv.Itoa(page)}}
	if v.Words != "" {
		q.Set(keyWords, v.Words)
	}
	return "/worlds?" + q.Encode()
}

// fill reads the worlds that are shown. One that has ended meanwhile is left out.
func (f handler) fill(ctx context.Context, v *allWorldsView, shown []world.Listing) error {
	if len(shown) == 0 {
		return nil
	}
	var names []string
	for _, l := range shown {
		names = append(names, l.Name)
	}
	worlds, err := f.control.Worlds(ctx, names...)
	if err != nil {
		return err
	}
	read := map[string]world.Snapshot{}
	for _, m := range worlds {
		read[m.Name] = m
	}
	for _, l := range shown {
		if m, still := read[l.Name]; still {
			v.Rows = append(v.Rows, anyWorldOf(m))
		}
	}
	return nil
}

func anyWorldOf(m world.Snapshot) anyWorld {
	row := anyWorld{Name: m.Name, Address: place{world: m.Name}.String(), Began: m.CreatedAt.In(clock.Japan).Format("1/2 15:04"),
		Now: m.Now.Format("2006/1/2 15:04:05"), Registrations: m.Registrations.Len(), SMS: len(m.SMS.Messages), Mail: len(m.Mailbox.Mails)}
	switch {
	case m.From.World != "":
		row.Notes = append(row.Notes, m.From.World+" から分岐")
	case m.From.Snapshot != "":
		row.Notes = append(row.Notes, "保存した "+m.From.Snapshot+" から")
	}
	if n := len(faultRows(m)); n > 0 {
		row.Notes = append(row.Notes, fmt.Sprintf("障害%d件", n))
	}
	if n := len(m.Defects); n > 0 {
		row.Notes = append(row.Notes, fmt.Sprintf("わざと壊したところ%d件", n))
	}
	return row
}

// hasAll tells whether every word stands in a text, whatever its case and width.
func hasAll(text, words string) bool {
	all := folded(text)
	return !slices.ContainsFunc(strings.Fields(folded(words)), func(word string) bool { return !strings.Contains(all, word) })
}
