package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
)

// The document tells of each operation what it really does: a test takes every
// operation in every state, writes what came back into described.json, and
// finds out when that is no longer true.

//go:embed described.json
var describedJSON []byte

// A sample is what the document shows of one operation.
type sample struct {
	Request  json.RawMessage         `json:"request,omitempty"`
	Response json.RawMessage         `json:"response,omitempty"`
	Refused  map[string]refusalShown `json:"refused"` // by HTTP status
}

// A refusalShown is every refusal of one status that an operation can give.
type refusalShown struct {
	Codes   []string        `json:"codes"`
	Fields  []string        `json:"field_codes,omitempty"` // codes of what is wrong with single fields
	Example json.RawMessage `json:"example"`
}

// tags are the parts of the journey, in its order.
var tags = []*huma.Tag{
	{Name: "登録", Description: "Webの新規登録（p23-p35）"},
	{Name: "アプリ", Description: "アプリの新規登録・再登録（p4-p17）"},
	{Name: "ログイン", Description: "登録を終えた会員（p36-p38）"},
	{Name: "アプリの機能", Description: "登録を終えたアプリ（p18-p22）"},
	{Name: "画面", Description: "画面の文言と、登録の前の画面"},
}

// document completes what huma made of the operations: the world of a request,
// where the API is, examples, and the refusals that each operation can give.
func document(a *huma.OpenAPI) {
	samples := map[string]sample{}
	if err := json.Unmarshal(describedJSON, &samples); err != nil {
		panic(err) // embedded, and read by a test
	}
	a.Tags = tags
	a.Servers = []*huma.Server{{URL: "/", Description: "このサンドボックス（ワールドはヘッダーで選びます）"},
		{URL: "http://{world}.localhost:{port}", Description: "ワールドをホスト名で選ぶとき", Variables: map[string]*huma.ServerVariable{
			"world": {Default: middleware.Default, Description: "ワールドの名前"}, "port": {Default: "8080", Description: "会員向けのポート"}}}}
	a.Components.Parameters = map[string]*huma.Param{"World": {Name: middleware.Header, In: "header",
		Description: "ワールドの名前。ないときはホスト名 `<world>.localhost`、それもないときは default",
		Schema: &huma.Schema{
			Type:      huma.TypeString,
			MaxLength: ptr(63),
			Pattern:   "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
			Default:   middleware.Default,
		}}}
	shown := refusalsShown{}
	for _, item := range a.Paths {
		for _, op := range operations(item) {
			op.Parameters = append([]*huma.Param{{Ref: "#/components/parameters/World"}}, op.Parameters...)
			shown.operation(op, samples[op.OperationID])
		}
	}
}

func ptr[T any](v T) *T { return &v }

// operations are those of one path.
func operations(item *huma.PathItem) []*huma.Operation {
	return slices.DeleteFunc(
		[]*huma.Operation{item.Get, item.Post, item.Put, item.Delete},
		func(op *huma.Operation) bool { return op == nil },
	)
}

// refusalsShown are the refusals of all operations, each once: many operations give
// the same ones.
type refusalsShown map[string]*huma.Response

// operation gives an operation its examples, and its refusals instead of those that
// huma takes for possible.
func (r refusalsShown) operation(op *huma.Operation, s sample) {
	if op.RequestBody != nil {
		op.RequestBody.Content["application/json"].Example = s.Request
	}
	for status, response := range op.Responses {
		if status[0] != '2' {
			delete(op.Responses, status)
		} else if content := response.Content["application/json"]; content != nil {
			content.Example = s.Response
		}
	}
	for status, refused := range s.Refused {
		op.Responses[status] = r.response(status, refused)
	}
	op.Responses["500"] = r.response("500", refusalShown{Codes: []string{"internal"}, Example: internalExample})
}

var internalExample = json.RawMessage(
	`{"type":"urn:netanswer:problem:internal","title":"Internal Server Error","status":500,"code":"internal",` +
		`"detail":"エラーが発生しました。"}`,
)

func (r refusalsShown) response(status string, refused refusalShown) *huma.Response {
	key := fmt.Sprintf("%s %q %q %s", status, refused.Codes, refused.Fields, refused.Example)
	if r[key] == nil {
		r[key] = refusalResponse(status, refused)
	}
	return r[key]
}

func refusalResponse(status string, refused refusalShown) *huma.Response {
	code := func(codes []string) *huma.Schema {
		values := make([]any, len(codes))
		for i, c := range codes {
			values[i] = c
		}
		return &huma.Schema{Type: huma.TypeString, Enum: values}
	}
	only := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"code": code(refused.Codes)}}
	if len(refused.Fields) > 0 {
		only.Properties["errors"] = &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject,
			Properties: map[string]*huma.Schema{"code": code(refused.Fields)}}}
	}
	number, err := strconv.Atoi(status)
	if err != nil {
		panic(fmt.Errorf("status of an operation: %w", err)) // embedded, and read by a test
	}
	response := &huma.Response{Description: http.StatusText(number), Content: map[string]*huma.MediaType{"application/problem+json": {
		Schema: &huma.Schema{AllOf: []*huma.Schema{{Ref: "#/components/schemas/Refusal"}, only}}, Example: refused.Example}}}
	if number == http.StatusTooManyRequests {
		response.Headers = map[string]*huma.Header{
			"Retry-After": {Description: "また試せるまでの秒数（ワールドの時計で）", Schema: &huma.Schema{Type: huma.TypeInteger}},
		}
	}
	return response
}
