package console

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"time"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

//go:embed templates static
var embedded embed.FS

func loadTemplates() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"clock": clockText, "day": dayText, "grouped": grouped}).
		ParseFS(embedded, "templates/*.html"))
}

// refreshHeader is what the page's own script asks with. The list of worlds is
// left out then, because it costs more than all the rest.
const refreshHeader = "Netanswer-Refresh"

// pageView is everything the page of a world shows. What hangs on a tab is nil
// while another is open.
type pageView struct {
	Place     place
	MemberURL string
	Serial    int
	Next      string     // when something of it changes by time alone, RFC 3339; "" for never
	Defects   []string   // what is broken in this world on purpose
	Going     []faultRow // faults that are still to come
	Problem   string     // what is told of a form that could not be carried out

	Worlds  *worldsView
	Clock   clockView
	Phone   phoneView
	Mailbox mailboxView
	Tabs    []tabView

	About         *aboutView
	Found         *findView
	Cards         *cardsView
	Registrations *registrationsView
	Calls         *callsView
	Timeline      *timelinePage
	Faults        *faultsView
	Snapshots     *snapshotsView
	Policy        *policyView
	Texts         *textsView
}

// pages puts the console's pages on mux.
func (f handler) pages(mux *http.ServeMux) {
	mux.HandleFunc("GET /static/{file}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, embedded, "static/"+r.PathValue("file"))
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, place{world: middleware.Default}.String(), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /worlds", f.worlds)
	mux.HandleFunc("GET /worlds/{world}", func(w http.ResponseWriter, r *http.Request) { f.page(w, r, http.StatusOK, formError{}) })
	mux.HandleFunc("GET /worlds/{world}/list", f.worldList)
	f.forms(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		f.sorry(w, http.StatusNotFound, "ページが見つかりません", "アドレスをご確認ください。")
	})
}

const badName = "ワールドの名前は、半角の小文字・数字・ハイフンで63文字までです。最初と最後は小文字か数字にしてください。カード番号と読める数字は使えません。"

// page writes the page of a world.
func (f handler) page(w http.ResponseWriter, r *http.Request, status int, problem formError) {
	m, err := f.control.Snapshot(r.Context(), r.PathValue("world"))
	if errors.Is(err, world.ErrName) {
		f.sorry(w, http.StatusBadRequest, "ワールドをひらけません", badName)
		return
	}
	if errors.Is(err, world.ErrDamaged) {
		f.sorry(w, http.StatusInternalServerError, "このワールドを読めません",
			"保存されている内容が壊れています。ほかのワールドは使えます。netanswer world delete で消すか、保存先を元に戻してください。")
		return
	}
	if err != nil {
		panic(err) // middleware.Survive gives it an incident number
	}
	view, err := f.view(r.Context(), builder{handler: f, m: m, at: placeOf(r), base: middleware.Reached(r), problem: problem},
		r.Header.Get(refreshHeader) == "")
	if err != nil {
		panic(err) // middleware.Survive gives it an incident number
	}
	f.write(w, status, "world.html", view)
}

func (f handler) view(ctx context.Context, b builder, whole bool) (pageView, error) {
	m, at := b.m, b.at
	v := pageView{
		Place:     at,
		MemberURL: f.memberURL(m.Name),
		Serial:    m.Timeline.Serial,
		Defects:   m.Defects,
		Problem:   b.problem.text,
		Going:     faultRows(m),
		Clock:     viewClock(m),
		Phone:     b.phone(),
		Mailbox:   b.mailbox(),
		Tabs:      b.tabs(),
	}
	if whole {
		worlds, err := f.viewWorlds(ctx, m.Name)
		if err != nil {
			return pageView{}, err
		}
		v.Worlds = worlds
	}
	if id := at.chosen.Get(keyAbout); id != "" {
		if v.About = b.about(id); v.About == nil {
			v.Problem = cmp.Or(v.Problem, "お探しのものは、このワールドにはもうありません。")
		}
	}
	words := at.chosen.Get(keyFind)
	switch tab := at.tab(); {
	case v.About != nil:
	case words != "":
		v.Found = b.find(words)
	case tab == tabCards:
		v.Cards = b.cards()
	case tab == tabRegistrations:
		v.Registrations = b.registrations()
	case tab == tabCalls:
		v.Calls = b.calls()
	case tab == tabTimeline:
		v.Timeline = b.timeline()
	case tab == tabFaults:
		v.Faults = b.faultsTab()
	case tab == tabSnapshots:
		snapshots, err := b.snapshots(ctx)
		if err != nil {
			return pageView{}, err
		}
		v.Snapshots = snapshots
	case tab == tabPolicy:
		v.Policy = b.policy()
	case tab == tabTexts:
		v.Texts = b.texts()
	}
	b.arrivals()
	if !b.next.IsZero() {
		v.Next = b.next.Format(time.RFC3339Nano)
	}
	return v, nil
}

// sorry writes a page that says why there is no other.
func (f handler) sorry(w http.ResponseWriter, status int, heading, text string) {
	f.write(w, status, "sorry.html", struct{ Heading, Text, Home string }{heading, text, place{world: middleware.Default}.String()})
}

// write writes a whole page or, where its template fails, none of it.
func (f handler) write(w http.ResponseWriter, status int, name string, view any) {
	var page bytes.Buffer
	if err := f.templates.ExecuteTemplate(&page, name, view); err != nil {
		panic(err) // middleware.Survive gives it an incident number
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // a reader who went away is no error of ours
}

// A builder makes the parts of a page, and notes when time alone changes one.
type builder struct {
	handler handler
	m       world.Snapshot
	at      place
	base    string    // where the control API is
	problem formError // why the form that was sent could not be carried out
	next    time.Time

	messages   map[string]bool // ids of SMS and mails, once somebody has asked
	people     []overview.Member
	recipients map[string][]registration.Registration // as they are now, by where their passcode goes
}

// due notes that something shown changes at t.
func (b *builder) due(t time.Time) {
	if t.After(b.m.Now) && (b.next.IsZero() || t.Before(b.next)) {
		b.next = t
	}
}

// arrivals notes when the next message will be there.
func (b *builder) arrivals() {
	for _, pending := range []func(string, time.Time) (time.Time, bool){b.m.SMS.Pending, b.m.Mailbox.Pending} {
		if next, any := pending("", b.m.Now); any {
			b.due(next)
		}
	}
}
