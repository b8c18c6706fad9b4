package world

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/registration"
)

// A recordedIssuer is an Issuer whose failures over the wire are written into the timeline,
// each in its own words: a slow connection is not a broken one.
type recordedIssuer struct {
	Issuer
	service *core
}

// Verify implements Issuer.
func (r recordedIssuer) Verify(ctx context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	h, ok, err := r.Issuer.Verify(ctx, world, c)
	r.record(ctx, world, "カードの確認", err)
	return h, ok, err
}

// Enrol implements Issuer.
func (r recordedIssuer) Enrol(ctx context.Context, world, number string) error {
	err := r.Issuer.Enrol(ctx, world, number)
	r.record(ctx, world, "本人認証サービス（3Dセキュア）の登録", err)
	return err
}

// CheckPIN implements Issuer.
func (r recordedIssuer) CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error) {
	answer, err := r.Issuer.CheckPIN(ctx, world, number, pin)
	r.record(ctx, world, "暗証番号の照合", err)
	return answer, err
}

// Standing implements Issuer.
func (r recordedIssuer) Standing(ctx context.Context, world, number string) (Standing, error) {
	s, err := r.Issuer.Standing(ctx, world, number)
	r.record(ctx, world, "ご利用状況の照会", err)
	return s, err
}

func (r recordedIssuer) record(ctx context.Context, world, question string, err error) {
	f := issuer.HowFailed(err)
	if f == nil || errors.Is(err, context.Canceled) {
		return // it answered, the world itself wrote down why not, or nobody waits any more
	}
	what := question + ": " + ways[f.Way]
	if f.Status != 0 {
		what += fmt.Sprintf("（HTTP %d）", f.Status)
	}
	if f.Tries > 1 {
		what += "（" + strconv.Itoa(f.Tries) + "回試しました）"
	}
	_, failed := r.service.update(ctx, world, func(st *State, now time.Time) error {
		st.Timeline.add(now, "fault", what, "")
		return nil
	})
	_ = failed // the world was deleted meanwhile: nobody is left to read it
}

// ways words how a question came to no answer.
var ways = map[issuer.Way]string{
	issuer.Unreachable: "発行元に接続できませんでした",
	issuer.Slow:        "発行元から時間内に答えがありませんでした",
	issuer.Broken:      "発行元との接続が、答えの前に切れました",
	issuer.Refused:     "発行元が受け付けませんでした",
	issuer.Malformed:   "発行元の答えが、取り決めた形ではありませんでした",
	issuer.Open:        "発行元が続けて答えなかったため、しばらく問い合わせを控えています",
}
