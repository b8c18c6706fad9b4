package control

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

const snapshotPath = "/api/snapshots/{snapshot}"

// An OfSnapshot is what every operation on a snapshot is asked with.
type OfSnapshot struct {
	Snapshot string `path:"snapshot" doc:"the snapshot's name: 1 to 63 of a-z, 0-9 and -" example:"before-passcode"`
}

// A snapshotView is a kept snapshot.
type snapshotView struct {
	Name    string      `json:"name"`
	World   string      `json:"world" doc:"what it was taken of"`
	TakenAt time.Time   `json:"taken_at" doc:"by the machine's clock"`
	Note    string      `json:"note,omitempty"`
	Clock   clockState  `json:"clock" doc:"what the world's clock showed"`
	Counts  worldCounts `json:"counts"`
	Defects []string    `json:"defects" doc:"what is broken on purpose in it"`
}

type snapshotList struct {
	Total     int            `json:"total" doc:"how many snapshots there are"`
	Snapshots []snapshotView `json:"snapshots" doc:"by name"`
}

type taking struct {
	World   string `json:"world" doc:"the world to take it of" example:"default"`
	Note    string `json:"note,omitempty" maxLength:"200" doc:"what it is good for"`
	Replace bool   `json:"replace,omitempty" doc:"a snapshot of that name makes room; else it is a 409"`
}

type taken struct {
	Status int
	Body   snapshotView
}

// snapshots are worlds that are kept as they were.
func (f handler) snapshots(a huma.API) {
	const tag = "スナップショット"
	register(f, a, get("/api/snapshots", "list-snapshots", tag, "スナップショットの一覧"),
		func(ctx context.Context, _ *struct{}) (*answer[snapshotList], error) {
			all, err := f.control.AllKept(ctx)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			list := snapshotList{Total: len(all), Snapshots: []snapshotView{}}
			for _, m := range all {
				list.Snapshots = append(list.Snapshots, viewOf(m))
			}
			return &answer[snapshotList]{list}, nil
		})
	op := get(snapshotPath, "get-snapshot", tag, "スナップショットを見る")
	op.Errors = []int{http.StatusNotFound}
	register(f, a, op, func(ctx context.Context, in *OfSnapshot) (*answer[snapshotView], error) {
		m, err := f.control.Kept(ctx, in.Snapshot)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[snapshotView]{viewOf(m)}, nil
	})
	register(f, a, change(http.MethodDelete, snapshotPath, "delete-snapshot", tag, "スナップショットを消す（なければ何もしない）"),
		func(ctx context.Context, in *OfSnapshot) (*struct{}, error) {
			if err := f.control.Forget(ctx, in.Snapshot); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		})
	f.takeSnapshot(a, tag)
	f.useSnapshot(a, tag)
}

func (f handler) takeSnapshot(a huma.API, tag string) {
	op := change(http.MethodPut, snapshotPath, "take-snapshot", tag, "ワールドのスナップショットを取る")
	op.Description = "ワールドの現在の状態に名前を付けて保存します。すでにある名前は、replace が真でなければ 409（code: snapshot_exists）です。"
	op.Errors = append(op.Errors, http.StatusNotFound, http.StatusConflict)
	register(f, a, op, func(ctx context.Context, in *struct {
		OfSnapshot
		Body taking
	}) (*taken, error) {
		m, fresh, err := f.control.Take(ctx, in.Snapshot, world.Taking{World: in.Body.World, Note: in.Body.Note, Replace: in.Body.Replace})
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		out := &taken{Status: http.StatusOK, Body: viewOf(m)}
		if fresh {
			out.Status = http.StatusCreated
		}
		return out, nil
	})
}

// useSnapshot makes worlds of snapshots.
func (f handler) useSnapshot(a huma.API, tag string) {
	op := change(http.MethodPost, snapshotPath+"/forks", "fork-snapshot", tag, "スナップショットから新しいワールドを始める")
	op.Description = "時計は、スナップショットを取ったときの時刻から続きます。" + forkedApart
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, http.StatusNotFound, http.StatusConflict)
	register(f, a, op, func(ctx context.Context, in *struct {
		OfSnapshot
		Body forking
	}) (*answer[worldDetail], error) {
		return f.made(f.control.ForkKept(ctx, in.Snapshot, in.Body.Into))
	})

	op = change(http.MethodPost, worldPath+"/restore", "restore-world", tag, "ワールドをスナップショットの姿に戻す")
	op.Description = "ワールドのいまの中身は失われます。受け持つ宛先（claims）はそのままです。番号は続きから振るので、同じ id が二度使われることはありません。"
	op.Errors = append(op.Errors, http.StatusNotFound)
	register(f, a, op, func(ctx context.Context, in *struct {
		InWorld
		Body struct {
			Snapshot string `json:"snapshot" doc:"the snapshot's name" example:"before-passcode"`
		}
	}) (*answer[worldDetail], error) {
		return f.made(f.control.Restore(ctx, in.World, in.Body.Snapshot))
	})
}

func viewOf(m world.Snapshot) snapshotView {
	return snapshotView{
		Name:    m.Name,
		World:   m.Taken.World,
		TakenAt: m.Taken.At,
		Note:    m.Taken.Note,
		Clock:   showClock(m),
		Counts:  countsOf(m),
		Defects: append([]string{}, m.Defects...),
	}
}
