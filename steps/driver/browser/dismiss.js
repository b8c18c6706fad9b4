// Closes what stands before a page and has but one thing to press, which closes it.
if (!stage.modal) return false;
const ways = every(pressable, stage.modal).filter((el) => visible(el) && !idle(el));
const ends = ways.filter((el) => names(el).some((n) => /^(OK|はい|閉じる|とじる|×|✕|x|確認|了解|わかりました|完了|入力完了|決定|確定|close)$/i.test(same(n)) || /閉じる/.test(n)));
if (!ends.length || every(writable, stage.modal).some(visible)) return false;
ends[0].click();
return true;
