// Package rest is the HTTP API of the card company's core system, as far as a
// registration asks it: verify a card and tell its holder, enrol it in 3-D
// Secure, check its PIN, tell its standing. It decodes, calls an API, encodes.
//
// It is described by an OpenAPI 3.1 document made from this code. Errors are RFC
// 9457 problems, and hold nothing of what was asked: a card number, code or PIN
// is in no error and in no address. It models no log-in; a core system that has
// one is asked with HTTP Basic by the reference backend.
package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/netanswer/mocks/issuer"
)

// A Config is what the handler is made of.
type Config struct {
	API issuer.API
	// Body bounds the bytes of a request's body.
	Body int64
	// Hold is how long a question that a plan lets time out is kept waiting
	// before its connection is cut.
	Hold time.Duration
}

// OpenAPI is where the document is: with .json, .yaml, or -3.0.json.
const OpenAPI = issuer.Prefix + "openapi"

type handler struct{ Config }

// New returns the handler of everything below issuer.Prefix.
func New(c Config) http.Handler {
	f := handler{c}
	mux := http.NewServeMux()
	f.operations(mux)
	mux.HandleFunc("/", notHere(mux))
	return f.safe(mux)
}

// Document is the OpenAPI document in JSON.
func Document() ([]byte, error) {
	return handler{}.operations(http.NewServeMux()).OpenAPI().MarshalJSON()
}

// operations puts the operations on mux.
func (f handler) operations(mux *http.ServeMux) huma.API {
	config := huma.DefaultConfig("発行元（カード会社の基幹システム） API（サンドボックス）", "1")
	config.Info.Description = description
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = OpenAPI, "", ""
	config.CreateHooks = nil                         // no $schema in every answer
	config.AllowAdditionalPropertiesByDefault = true // a core system may tell more
	a := humago.New(mux, config)
	ask(f, a, issuer.VerificationPath, "verify-card", "カードを確認し、会員の登録内容と状態を答える", http.StatusOK,
		func(ctx context.Context, world, _ string, q issuer.CardQuestion) (issuer.Verification, int, error) {
			v, err := f.API.Verify(ctx, world, q)
			return v, http.StatusOK, err
		})
	ask(f, a, issuer.EnrolmentPath, "enrol-3ds", "カードを本人認証サービス（3Dセキュア）に登録する。何度求めても登録は一度", http.StatusCreated,
		func(ctx context.Context, world, key string, q issuer.EnrolmentQuestion) (issuer.Enrolment, int, error) {
			if key == "" {
				return issuer.Enrolment{}, 0, problem(
					http.StatusBadRequest,
					"idempotency_key_missing",
					"the header "+issuer.KeyHeader+" is missing",
				)
			}
			q.Key = key
			e, err := f.API.Enrol(ctx, world, q)
			if e.Repeated {
				return e, http.StatusOK, err
			}
			return e, http.StatusCreated, err
		})
	ask(f, a, issuer.PINPath, "check-pin", "暗証番号を照合する。誤りは発行元が数えるので、答えが届かなくても送り直してはならない", http.StatusOK,
		func(ctx context.Context, world, _ string, q issuer.PINQuestion) (issuer.PINCheck, int, error) {
			c, err := f.API.CheckPIN(ctx, world, q)
			return c, http.StatusOK, err
		})
	ask(f, a, issuer.StandingPath, "get-standing", "カードのご利用状況（氏名、ポイント、ご利用枠、ご利用明細）を答える", http.StatusOK,
		func(ctx context.Context, world, _ string, q issuer.StandingQuestion) (issuer.Standing, int, error) {
			s, err := f.API.Standing(ctx, world, q)
			return s, http.StatusOK, err
		})
	return a
}

const description = "テスト専用です。実在のカード番号や個人情報は送信しないでください。\n" +
	"\n" +
	"登録のバックエンドが、カード会社の基幹システムに問い合わせるための取り決めです。カード番号をURLに残さないため、照会もすべて POST です。\n" +
	"ワールドはヘッダー `Netanswer-World` で選びます。なければ default です。\n" +
	"安全に送り直せるのは、カードの確認、ご利用状況の照会、同じ `Idempotency-Key` をつけた本人認証サービスの登録です。暗証番号の照合は送り直せません。\n" +
	"エラーは RFC 9457 の application/problem+json で、送られた値は含みません。429 と 503 には `Retry-After`（秒）をつけられます。"

// safe sets what every answer has, and reads the body of a question, so that its
// errors are ours.
func (f handler) safe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method == http.MethodPost {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, f.Body))
			var large *http.MaxBytesError
			switch {
			case errors.As(err, &large):
				problem(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("the body may have %d bytes", f.Body)).write(w)
				return
			case err != nil || len(body) == 0:
				problem(http.StatusBadRequest, "malformed", "the body is missing or ends early").write(w)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		next.ServeHTTP(w, r)
	})
}
