package control

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// examples are requests that a sandbox grants, by operation: the page of the API shows
// them, and its form begins with them.
var examples = map[string]string{
	"arrange-world":      `{"clock": {"now": "2026-11-24T10:00:00+09:00", "running": false}, "policy": {"passcode_lifetime": "5m"}, "texts": {"confirm.heading": "ご確認"}}`,
	"fork-world":         `{"into": "mine-2"}`,
	"restore-world":      `{"snapshot": "before"}`,
	"take-snapshot":      `{"world": "default", "note": "登録の前"}`,
	"fork-snapshot":      `{"into": "mine-3"}`,
	"move-clock":         `{"advance": "10m"}`,
	"change-policy":      `{"passcode_attempts": 3}`,
	"change-texts":       `{"confirm.heading": "ご確認"}`,
	"add-members":        `{"name": "テスト 一郎", "phone": "090-0000-2001", "email": "ichiro@example.jp"}`,
	"put-registration":   `{"at": "passcode", "member": "花子さん"}`,
	"place-call":         `{"from": "03-0000-1009", "listen": "all"}`,
	"set-voice":          `{"url": "http://127.0.0.1:9000/voice"}`,
	"plan-faults":        `{"faults": [{"kind": "lose", "times": 1}]}`,
	"plan-member-faults": `{"faults": [{"kind": "delay", "by": "2s"}]}`,
	"set-reception":      `{"address": "hanako@example.jp", "refused_domains": ["mail.saisoncard.co.jp"]}`,
	"set-sms-settings":   `{"ia5_is_gsm": true}`,
	"claim":              `{"recipient": "090-0000-1001"}`,
}

// showExamples gives each operation that takes JSON its example.
func showExamples(document *huma.OpenAPI) {
	for _, path := range document.Paths {
		for _, op := range []*huma.Operation{path.Put, path.Post, path.Patch} {
			if op != nil && examples[op.OperationID] != "" {
				op.RequestBody.Content["application/json"].Example = json.RawMessage(examples[op.OperationID])
			}
		}
	}
}
