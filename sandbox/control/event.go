package control

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/netanswer/sandbox/middleware"
)

// pause is the shortest time between two events of a stream, so that a world
// under load does not keep those who watch it busy.
const pause = 100 * time.Millisecond

// heartbeat is how often a stream with nothing to say writes a comment, which
// is how it notices that nobody listens any more.
const heartbeat = 15 * time.Second

// longestStream is how long a stream may last. A client that lives asks again by
// itself, as the HTML standard wants of it; the place of one that has long stopped
// reading is free again.
const longestStream = 30 * time.Minute

func (f handler) events(a huma.API) {
	op := get(worldPath+"/events", "watch-world", "タイムライン", "変わるたびに知らせを受ける（server-sent events）")
	op.Description = "接続したときと、ワールドが変わるたびに、イベント change をデータ {\"serial\":n} で送ります。" +
		"続けて変わったときは、まとめて一つになることがあります。30分で終わります。続けるには接続し直してください（EventSource は自動で行います）。"
	op.Responses = map[string]*huma.Response{"200": {Description: "変わったことの知らせ", Content: map[string]*huma.MediaType{
		"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	register(f, a, op, func(ctx context.Context, in *InWorld) (*huma.StreamResponse, error) {
		if _, err := f.control.Changed(ctx, in.World); err != nil {
			return nil, middleware.Trouble(err)
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			r, w := humago.Unwrap(ctx)
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("X-Accel-Buffering", "no") // for a proxy in between
			f.stream(r.Context(), in.World, w)
		}}, nil
	})
}

// stream writes events until the client goes, writing fails, or the stream has lasted
// as long as it may.
func (f handler) stream(ctx context.Context, name string, w http.ResponseWriter) {
	ctx, cancel := context.WithTimeout(ctx, f.longest)
	defer cancel()
	out := http.NewResponseController(w)
	said := -1
	for {
		changed, err := f.control.Changed(ctx, name)
		if err != nil {
			return // the sandbox cannot take the world any more: the client asks again
		}
		m, err := f.control.Snapshot(ctx, name)
		if err != nil {
			return
		}
		message := ": nothing new\n\n"
		if m.Timeline.Serial != said {
			said = m.Timeline.Serial
			message = fmt.Sprintf("id: %d\nevent: change\ndata: {\"serial\":%d}\n\n", said, said)
		}
		if _, err := io.WriteString(w, message); err != nil || out.Flush() != nil {
			return
		}
		if !nap(ctx, nil, pause) || !nap(ctx, changed, heartbeat) {
			return
		}
	}
}

// nap waits for wake, or until d is over. It tells false where ctx ended first.
func nap(ctx context.Context, wake <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-t.C:
	}
	return true
}
