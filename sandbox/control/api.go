package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/netanswer/sandbox/apidocs"
	"example.com/netanswer/sandbox/middleware"
)

// Prefix is where the control API stands; one world is below worldPath. HealthPath
// tells that the sandbox runs, and ReadyPath that every listener takes connections;
// neither asks for a token.
const (
	Prefix     = "/api/"
	HealthPath = "/healthz"
	ReadyPath  = "/readyz"

	worldPath = "/api/worlds/{world}"
	docsPath  = "/api/docs/"
)

const description = `サンドボックス（テスト環境）を操作する API です。テスト専用です。

ワールドは時計・会員・登録・SMS・メール・方針・文言をひとそろい持ち、名前を使ったときに新しく始まります。
時間は 9m59s のような文字、日時は RFC 3339 です。エラーは RFC 9457 の application/problem+json です。`

// tags are the parts of the API, in the order in which one needs them.
var tags = []*huma.Tag{
	{Name: "ワールド", Description: "用意する、分ける、消す"},
	{Name: "会員", Description: "テストカードと、生成する会員"},
	{Name: "登録", Description: "登録の一覧と、ある状態まで進めること"},
	{Name: "SMS", Description: "届いたSMSとそのパスコード"},
	{Name: "メール", Description: "届いたメール"},
	{Name: "電話", Description: "認証用電話番号への電話"},
	{Name: "時計", Description: "時間を進める、止める"},
	{Name: "障害", Description: "事業者、発行元、会員の画面で起こすこと"},
	{Name: "方針", Description: "規則の数値と選択"},
	{Name: "文言", Description: "会員が読む文"},
	{Name: "タイムライン", Description: "起きたことと、その知らせ"},
	{Name: "スナップショット", Description: "保存する、戻す、書き出す、取り込む"},
	{Name: "宛先", Description: "どのワールドに届けるか"},
	{Name: "資料", Description: "規則、テストカード、上限、アドレス"},
}

// api puts the control API on mux.
func (f handler) api(mux *http.ServeMux) {
	middleware.ForHuma()
	config := huma.DefaultConfig("Netアンサー サンドボックス 操作用 API", "1")
	config.Info.Description = description
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/openapi", "", ""
	config.CreateHooks = nil // no $schema in every body
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"token": {}}, {}}
	middleware.InOrder(&config)
	middleware.Strict(&config, 0)
	middleware.FlatBody(&config, "change-texts")
	config.Tags = tags
	a := humago.New(mux, config)
	f.worlds(a)
	f.forks(a)
	f.snapshots(a)
	f.documents(a)
	f.seeds(a)
	f.clock(a)
	f.policy(a)
	f.texts(a)
	f.members(a)
	f.sms(a)
	f.mail(a)
	f.calls(a)
	f.voice(a)
	f.faults(a)
	f.memberFaults(a)
	f.claims(a)
	f.registrations(a)
	f.enrolments(a)
	f.timeline(a)
	f.events(a)
	f.rules(a)
	f.defects(a)
	f.cards(a)
	f.limits(a)
	f.readiness(a)
	f.stores(a)
	f.providerAddresses(a)
	showExamples(a.OpenAPI())
	mux.Handle(docsPath, apidocs.New(apidocs.Config{Path: docsPath, Address: "/api/openapi.json", Document: a.OpenAPI().MarshalJSON}))
	for _, below := range []string{Prefix, HealthPath, ReadyPath} {
		mux.HandleFunc(below, middleware.NoOperation(mux, docsPath))
	}
}

// An InWorld is what every operation on a world is asked with.
type InWorld struct {
	World string `path:"world" doc:"the world's name: 1 to 63 of a-z, 0-9 and -" example:"default"`
}

// An answer is the body of what an operation returns.
type answer[T any] struct{ Body T }

// register adds an operation whose errors are all Problems.
func register[I, O any](f handler, a huma.API, op huma.Operation, do func(context.Context, *I) (*O, error)) {
	op.MaxBodyBytes = -1 // Limit and middleware.BoundBy refuse
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusUnprocessableEntity)
	huma.Register(a, op, do)
}

// get is an operation that reads.
func get(path, id, tag, summary string) huma.Operation {
	return huma.Operation{
		Method:        http.MethodGet,
		Path:          path,
		OperationID:   id,
		Tags:          []string{tag},
		Summary:       summary,
		DefaultStatus: http.StatusOK,
	}
}

// change is an operation that changes a world.
func change(method, path, id, tag, summary string) huma.Operation {
	op := get(path, id, tag, summary)
	op.Method = method
	if method == http.MethodDelete {
		op.DefaultStatus = http.StatusNoContent
	}
	op.Errors = []int{http.StatusForbidden, http.StatusRequestEntityTooLarge, http.StatusServiceUnavailable}
	return op
}
