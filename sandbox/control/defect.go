package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// A defect is one way in which a world can be broken on purpose.
type defect struct {
	Name  string   `json:"name" example:"old-passcode-valid"`
	Rules []string `json:"rules" doc:"the rules it breaks, whose scenarios must turn red"`
	Says  string   `json:"says" doc:"what is wrong"`
}

type defectList struct {
	Defects []defect `json:"defects"`
}

func (f handler) defects(a huma.API) {
	register(f, a, get("/api/defects", "list-defects", "資料", "わざと仕込める欠陥（シナリオが気づくかを確かめるためのもの）"),
		func(context.Context, *struct{}) (*answer[defectList], error) {
			list := defectList{Defects: []defect{}}
			for _, d := range f.control.Defects() {
				list.Defects = append(list.Defects, defect{Name: d.Name, Rules: d.Rules, Says: d.Says})
			}
			return &answer[defectList]{list}, nil
		})
}
