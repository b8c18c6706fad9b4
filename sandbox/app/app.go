// Package app is an emulated セゾンPortal that a person can use in the browser of
// a smartphone: the guide's pages 4 to 22, from the company's banner and its
// two-dimensional code by the store of the device to the registration in the
// app, the question of the wallet and what the app shows of the card.
//
// It follows package page: what a page says stands in the world's text table,
// it works without JavaScript, and labels, roles and headings are the contract.
// The smartphone and the app on it are one browser: a cookie that no script can
// read names the smartphone, and the world keeps which registration its app
// goes on with, so that the app can be left, locked away and started again
// (p14-1). Each form has a key with which its step is taken once, however often
// it is sent (a-16).
//
// The app offers nothing of an SMS by itself: the guide has the member type the
// passcode. Not modelled: the real stores and wallets, notifications, what the
// procedures behind the menu do, and a second card in one app.
package app

import (
	"embed"
	"log/slog"
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// Prefix is where the app stands on the member-facing port: at /app and below.
const Prefix = "/app"

//go:embed templates/*.html static/*
var files embed.FS

// site is the app of one sandbox.
type site struct {
	*page.Site
	app     world.App
	members world.Members
}

func newSite(service *world.Service, assets string, story bool) *site {
	return &site{app: service.App(), members: service.Members(), Site: page.New(page.Config{
		Service: service, Files: files, Assets: assets, Address: addressOf, Story: story,
		Scripts: map[string][]string{"app_store_apple": {"install.js"}, "app_store_google": {"install.js"}}})}
}

// New returns the handler of everything at and below Prefix. log is told
// of a panic, by an incident number and never with anything the member sent.
func New(service *world.Service, log *slog.Logger) http.Handler {
	s := newSite(service, Prefix+"/assets/", false)
	return s.Guard(s.routes(), log)
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	get := func(path string, h http.HandlerFunc) { mux.Handle(Prefix+path, s.Only(page.Verbs{http.MethodGet: h})) }
	post := func(path string, h http.HandlerFunc) { mux.Handle(Prefix+path, s.Only(page.Verbs{http.MethodPost: h})) }
	both := func(path string, show, do http.HandlerFunc) {
		mux.Handle(Prefix+path, s.Only(page.Verbs{http.MethodGet: show, http.MethodPost: do}))
	}

	get("", s.guide)
	get("/store", s.dispatch)
	for _, st := range stores {
		both("/store/"+st.name, s.shop(st), s.install(st))
	}
	get("/open", s.open)

	both("/company", s.inApp(s.company), s.choose)
	get("/entrance", s.inApp(s.entrance))
	post("/registration", s.begin)
	both("/registration/card", s.at(registration.AwaitCard), s.card)
	both("/registration/destination", s.at(registration.CheckDestination), s.requestPasscode)
	both("/registration/passcode", s.at(registration.AwaitPasscode), s.passcode)
	post("/registration/reissue", s.reissue)
	post("/registration/choose-pin", s.choosePIN)
	both("/registration/pin", s.at(registration.AwaitPIN), s.pin)
	both("/registration/email", s.at(registration.AwaitEmail), s.email)
	both("/registration/password", s.at(registration.AwaitPassword), s.password)
	both("/registration/terms", s.at(registration.AwaitTerms), s.terms)
	post("/registration/back", s.back)
	get("/registration/completed", s.at(registration.Completed))
	get("/registration/ended", s.at(registration.Expired))

	both("/wallet", s.wallet, s.answerWallet)
	for _, name := range screen.PortalNames {
		get(addressOf("screen", "", name)[len(Prefix):], s.show(name))
	}

	get("/continue", s.takeOver)
	get("/assets/{name}", s.Asset)
	mux.Handle("/", s.Sorry(http.StatusNotFound, "error.not_found"))
	return mux
}
