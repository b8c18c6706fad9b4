package middleware_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/middleware"
)

// TestWhatCannotBeReadIsToldInJapaneseAndPointedAt asks an operation for all that a
// request can have wrong.
func TestWhatCannotBeReadIsToldInJapaneseAndPointedAt(t *testing.T) {
	mux := http.NewServeMux()
	middleware.ForHuma()
	config := huma.DefaultConfig("x", "1")
	config.RejectUnknownQueryParameters = true
	config.CreateHooks = nil
	middleware.Strict(&config, 0)
	a := humago.New(mux, config)
	huma.Register(a, huma.Operation{Method: http.MethodPost, Path: "/x", OperationID: "x"}, func(context.Context, *struct {
		Limit int `query:"limit" minimum:"1" maximum:"5"`
		Body  struct {
			Cards []struct {
				Number string `json:"number" minLength:"2" maxLength:"4" pattern:"^[0-9]+$"`
				Brand  string `json:"brand,omitempty" enum:"visa,jcb"`
				Slash  bool   `json:"a/b~c,omitempty"`
			} `json:"cards" minItems:"1" maxItems:"2"`
		}
	}) (*struct{}, error) {
		return nil, nil
	})
	for _, tt := range []struct{ query, body, detail, field, pointer, says string }{
		{"", ``, "本文がありません。", "", "", ""},
		{"", `{"cards":[]}`, "リクエストに誤りがあります。", "body.cards", "#/cards", "1 個以上にしてください。"},
		{"", `{"cards":{}}`, "リクエストに誤りがあります。", "body.cards", "#/cards", "配列にしてください。"},
		{"", `[]`, "リクエストに誤りがあります。", "body", "#", "オブジェクトにしてください。"},
		{"", `{}`, "リクエストに誤りがあります。", "body", "#", "項目 cards は必須です。"},
		{"", `{"cards":[{"number":"12"},{"number":1}]}`, "リクエストに誤りがあります。", "body.cards[1].number", "#/cards/1/number", "文字列にしてください。"},
		{"", `{"cards":[{"number":"1"}]}`, "リクエストに誤りがあります。", "body.cards[0].number", "#/cards/0/number", "2 文字以上にしてください。"},
		{"", `{"cards":[{"number":"12345"}]}`, "リクエストに誤りがあります。", "body.cards[0].number", "#/cards/0/number", "4 文字以下にしてください。"},
		{"", `{"cards":[{"number":"12a"}]}`, "リクエストに誤りがあります。", "body.cards[0].number", "#/cards/0/number", "次の形（正規表現）にしてください: ^[0-9]+$"},
		{"", `{"cards":[{"number":"12","brand":"amex"}]}`, "リクエストに誤りがあります。", "body.cards[0].brand", "#/cards/0/brand", "次のどれかにしてください: visa, jcb"},
		{"", `{"cards":[{"number":"12","a/b~c":1}]}`, "リクエストに誤りがあります。", "body.cards[0].a/b~c", "#/cards/0/a~1b~0c", "true か false にしてください。"},
		{"", `{"cards":[{"number":"12"}],"色":1}`, "リクエストに誤りがあります。", "body.色", "#/%E8%89%B2", "この名前の項目はありません。"},
		{"", `{"cards":[{"number":"12"}],"cards":1}`, "リクエストに誤りがあります。", "body.cards", "#/cards", "同じ名前の項目が二つあります。"},
		{"", `{"cards":[{"number":"12"}`, "リクエストに誤りがあります。", "body", "#", "JSON が途中で終わっています。"},
		{"?limit=9", `{"cards":[{"number":"12"}]}`, "リクエストに誤りがあります。", "query.limit", "", "5 以下にしてください。"},
		{"?limit=x", `{"cards":[{"number":"12"}]}`, "リクエストに誤りがあります。", "query.limit", "", "整数にしてください。"},
		{"?limits=1", `{"cards":[{"number":"12"}]}`, "リクエストに誤りがあります。", "query.limits", "", "この名前のパラメーターはありません。"},
	} {
		q := httptest.NewRequest(http.MethodPost, "/x"+tt.query, strings.NewReader(tt.body))
		q.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, q)
		var p middleware.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(w.Body, err)
		}
		want := []middleware.ProblemField{{Field: tt.field, Pointer: tt.pointer, Code: "malformed", Detail: tt.says}}
		if tt.field == "" {
			want = nil
		}
		if diff := cmp.Diff(want, p.Errors); diff != "" || p.Detail != tt.detail {
			t.Errorf("%s %s: %s (-want +got):\n%s", tt.query, tt.body, p.Detail, diff)
		}
	}
}
