package documents_test

// groupsInJapanese are the groups of settings.
var groupsInJapanese = map[string]string{
	"listeners":         "待ち受け",
	"log":               "ログ",
	"store":             "ワールドを置くところ",
	"bounds":            "上限",
	"providers":         "事業者",
	"telephone":         "電話",
	"reference backend": "参照用のバックエンド",
}
