// Package api is the member-facing JSON API of the registration by the web and
// in the app: the same steps, rules and sentences as the pages, for frontends,
// for the team of an app and for test suites.
//
// It is described by an OpenAPI 3.1 document made from this code, and answers
// errors as RFC 9457 says. It keeps no cookies: a registration is held by its
// id, a log-in by its token, so no page elsewhere can act in a member's name.
package api

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/rs/cors"

	"example.com/netanswer/mocks/strict"
	"example.com/netanswer/sandbox/apidocs"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// Prefix is where the API stands on the member-facing port.
const Prefix = "/api/"

// A handler takes the steps of registrations by web and app, and those of members.
type handler struct {
	byWeb   world.Web
	byApp   world.App
	members world.Members
}

// New returns the handler of everything below Prefix.
func New(service *world.Service, log *slog.Logger) http.Handler {
	middleware.ForHuma()
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Netアンサー 新規登録 API（サンドボックス）", "1")
	config.Info.Description = description
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/openapi", "", ""
	config.CreateHooks = nil // no $schema in every answer
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"session": {Type: "http", Scheme: "bearer"}}
	middleware.InOrder(&config)
	middleware.Strict(&config, strict.NUL) // the rules of a form tell a member of it
	a := humago.New(mux, config)
	f := handler{byWeb: service.Web(), byApp: service.App(), members: service.Members()}
	f.registrations(a)
	f.sessions(a)
	f.strength(a)
	f.app(a)
	f.appHome(a)
	f.screens(a)
	f.standing(a)
	refusals(a)
	document(a.OpenAPI())
	mux.Handle("/api/docs/", apidocs.New(apidocs.Config{Path: "/api/docs/", Address: "/api/openapi.json",
		Document: a.OpenAPI().MarshalJSON}))
	mux.HandleFunc("/api/", middleware.NoOperation(mux, "/api/docs/"))

	trouble := func(w http.ResponseWriter, _ *http.Request, err error) { f.trouble(err).Write(w) }
	worlds := middleware.Worlds(middleware.MemberFaults(middleware.Slash(mux, Prefix), service.Members(), f.planned(service),
		trouble), trouble)
	bounded := middleware.Bound(worlds, service.Bounds().Body)
	safe := middleware.Survive(headers(bounded), log, failed(service))
	return cors.New(cors.Options{
		AllowOriginFunc: localOrigin,
		AllowedMethods:  []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete},
		AllowedHeaders:  []string{"Authorization", "Content-Type", "Idempotency-Key", middleware.Header},
		MaxAge:          600,
	}).Handler(middleware.OwnPages(safe, localOrigin))
}

const description = "テスト専用です。実在のカード番号や個人情報は送信しないでください。\n" +
	"\n" +
	"Webの登録の流れ: 開始 → 入力内容の送信 → 確認 → ご本人様確認（ワンタイムパスコード） → 完了。\n" +
	"アプリの登録の流れ: 開始 → カード情報 → 送付先の確認 → ご本人様確認（ワンタイムパスコードまたは暗証番号） → メール設定 → パスワード → 利用規約 → 完了 → アプリの起動。\n" +
	"アプリの各操作は、ヘッダー `Idempotency-Key` をつけると、何度送っても一度だけ行われます。\n" +
	"ワールドはヘッダー `Netanswer-World` かホスト名 `<world>.localhost` で選びます。どちらもなければ default です。\n" +
	"エラーは RFC 9457 の application/problem+json で、detail は会員が読む文です。計画した障害のときだけ、どの操作も code が fault_planned のエラーを返します。"

// localOrigin allows pages served on this machine, as a frontend under
// development is, to call the API.
func localOrigin(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := u.Hostname()
	return host == "localhost" || host == "127.0.0.1" || host == "::1" || strings.HasSuffix(host, ".localhost")
}

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// planned answers where a status is planned, in the world's words.
func (f handler) planned(service *world.Service) func(http.ResponseWriter, *http.Request, world.MemberFault) {
	return func(w http.ResponseWriter, r *http.Request, fault world.MemberFault) {
		m, err := service.Snapshot(r.Context(), middleware.World(r.Context()))
		if err != nil {
			f.trouble(err).Write(w)
			return
		}
		if fault.Status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "30")
		}
		middleware.NewProblem(fault.Status, "fault_planned", m.Planned(fault)).Write(w)
	}
}

// failed answers after a panic, in the world's words where they can be had.
func failed(service *world.Service) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, r *http.Request, incident string) {
		detail := "incident " + incident
		if m, err := service.Snapshot(r.Context(), middleware.Default); err == nil {
			detail = m.Say("error.internal", "incident", incident)
		}
		middleware.NewProblem(http.StatusInternalServerError, "internal", detail).Write(w)
	}
}
