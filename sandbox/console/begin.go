package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/sandbox/overview"
	places "example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
)

// beginView is what somebody chooses to begin a registration in some state.
type beginView struct {
	Groups  []beginGroup
	Members []option
}

// A beginGroup is the places of one way to register.
type beginGroup struct {
	Label  string
	Places []option
}

// begunView tells where a member goes on, once a registration stands there.
type begunView struct{ Title, Member, Link string }

// ways are how a member can register, as a form names them.
var ways = []struct {
	label   string
	channel registration.Channel
	device  registration.Device
}{
	{"Web", registration.Web, ""},
	{"アプリ（iPhone）", registration.App, registration.IPhone},
	{"アプリ（Android）", registration.App, registration.Android},
}

func (b *builder) begin() *beginView {
	v := &beginView{}
	for _, way := range ways {
		g := beginGroup{Label: way.label}
		for _, p := range places.All() {
			if p.Channel == way.channel {
				g.Places = append(g.Places, option{strings.Join([]string{string(p.Channel), p.Name, string(way.device)}, " "), p.Title})
			}
		}
		v.Groups = append(v.Groups, g)
	}
	for _, m := range b.members() {
		v.Members = append(v.Members, option{m.ID, m.Name})
	}
	return v
}

// begun is what was begun by the form, nil where the address tells of nothing.
func (b *builder) begun() *begunView {
	path, base := b.at.chosen.Get(keyBegun), b.handler.memberURL(b.m.Name)
	if base == "" || !isPlacePath(path) {
		return nil
	}
	channel, name, _ := strings.Cut(b.at.chosen.Get(keyAt), " ")
	v := &begunView{Title: "選んだ状態", Link: base + path}
	if p, err := places.Find(registration.Channel(channel), name); err == nil {
		v.Title = p.Title
	}
	who := b.at.chosen.Get(keyWho)
	if slices.ContainsFunc(b.members(), func(m overview.Member) bool { return m.Name == who }) {
		v.Member = who
	}
	return v
}

// isPlacePath tells whether it is where a place leads: nothing else is linked to.
func isPlacePath(path string) bool {
	u, err := url.Parse(path)
	return err == nil && u.Host == "" && u.Scheme == "" && (u.Path == "continue" || u.Path == "app/continue")
}

// beginForm brings a registration to a state and leads to the link of it.
func (f handler) beginForm(w http.ResponseWriter, r *http.Request) {
	var made places.Result
	if !f.executed(w, r, func(ctx context.Context, name string, form url.Values) (err error) {
		made, err = f.placed(ctx, name, form)
		return err
	}) {
		return
	}
	to := place{world: made.World, chosen: url.Values{}}
	to.chosen.Set(keyTab, tabRegistrations)
	to.chosen.Set(keyBegun, made.Path)
	to.chosen.Set(keyAt, string(made.Place.Channel)+" "+made.Place.Name)
	to.chosen.Set(keyWho, made.Member)
	http.Redirect(w, r, to.String()+"#panel", http.StatusSeeOther)
}

func (f handler) placed(ctx context.Context, name string, form url.Values) (places.Result, error) {
	asked := strings.SplitN(form.Get("at"), " ", 3)
	if len(asked) != 3 {
		return places.Result{}, formError{text: "始める状態が選ばれていません。"}
	}
	made, err := places.Put(ctx, f.service, name, places.Request{
		Channel: registration.Channel(asked[0]),
		At:      asked[1],
		Device:  registration.Device(asked[2]),
		Member:  form.Get("member"),
		Apart:   form.Get("apart") != "",
	})
	if errors.Is(err, places.ErrPlace) {
		_, why, _ := strings.Cut(err.Error(), places.ErrPlace.Error())
		return made, formError{text: "この状態までは進めませんでした。" + strings.TrimPrefix(why, ": ")}
	}
	return made, err
}
