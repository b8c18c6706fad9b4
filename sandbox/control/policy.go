package control

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// policyPatch is a JSON merge patch (RFC 7396) of a policy: the values to
// change, by name. A policy has no value that could be taken away, so null is
// refused.
type policyPatch struct{ raw json.RawMessage }

// UnmarshalJSON keeps the patch as it is; package world reads it.
func (p *policyPatch) UnmarshalJSON(data []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	for name, value := range values {
		if string(value) == "null" {
			return fmt.Errorf("%s: a policy has no value that null could take away", name)
		}
	}
	p.raw = append(json.RawMessage(nil), data...)
	return nil
}

// Schema implements huma.SchemaProvider.
func (*policyPatch) Schema(r huma.Registry) *huma.Schema {
	s := schemaOf[registration.Policy](r)
	s.Description = "the values to change; what is left out stays as it is"
	return s
}

func (f handler) policy(a huma.API) {
	const tag = "方針"
	register(f, a, get(worldPath+"/policy", "get-policy", tag, "方針（規則の数値と選択）を見る"),
		func(ctx context.Context, in *InWorld) (*answer[registration.Policy], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[registration.Policy]{m.Policy}, nil
		})
	register(f, a, change(http.MethodPatch, worldPath+"/policy", "change-policy", tag, "方針を変える"),
		func(ctx context.Context, in *struct {
			InWorld
			Body policyPatch
		}) (*answer[registration.Policy], error) {
			m, err := f.control.Arrange(ctx, in.World, world.Setup{Policy: in.Body.raw})
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[registration.Policy]{m.Policy}, nil
		})
}
