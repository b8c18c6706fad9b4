package actor_test

import (
	"context"
	"testing"

	"example.com/netanswer/steps/actor"
)

// A line says the same to every caller.
type line struct {
	surroundings
	says string
}

func (l line) PlaceCall(context.Context, string, actor.Dial) (actor.Call, error) {
	return actor.Call{ID: "1", Outcome: "answered", Guidance: l.says}, nil
}

// TestACallThatIsNoConfirmationIsToldSo: in whatever words, but in some that refuse.
func TestACallThatIsNoConfirmationIsToldSo(t *testing.T) {
	for says, refuses := range map[string]bool{
		"番号の通知がないため、ご本人様確認ができません。": true,
		"番号を通知して、もう一度おかけ直しください。":   true,
		"お電話いただける時間を過ぎました。":        true,
		"": false,
		"お電話ありがとうございました。":         false,
		"ご本人確認ができました。ほかは何もできません。": false,
	} {
		s := &fake{}
		ctx := on(t, s, theirs, func(scene *actor.Scene) { scene.Around = line{surroundings{fake: s}, says} })
		if err := actor.CallsWithheld(ctx, hanako); err != nil {
			t.Fatal(err)
		}
		if err := actor.Hears(ctx, "番号を通知してください"); (err == nil) != refuses {
			t.Errorf("%q: %v", says, err)
		}
	}
}
