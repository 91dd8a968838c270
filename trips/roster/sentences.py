"""The words in which whole files are refused or remarked upon: what is wrong, how to mend it, the same in English.

Texts only. ``{…}`` is filled with facts of the file, never with names of people.
"""

from __future__ import annotations

_RESAVE = "Excelで開き、「名前を付けて保存」で種類を「Excelブック(*.xlsx)」にして、もう一度選んでください。"
_CHOOSE = "名簿のファイル(.xlsx .xls .ods .csv .tsv)を選び直してください。"
_COPY = "名簿の範囲だけを新しいExcelブックに「値の貼り付け」で写し、保存してから選び直してください。"
_RESAVE_EN = "Open it in Excel, save it as an Excel workbook (.xlsx) and choose it again."
_CHOOSE_EN = "Choose a roster file (.xlsx .xls .ods .csv .tsv)."
_COPY_EN = "Paste only the roster's values into a new workbook, save it and choose that."

REFUSALS: dict[str, tuple[str, str, str]] = {
    "empty": (
        "ファイルが空です。",
        "中身のある名簿のファイルを選び直してください。",
        "The file is empty. Choose one with a roster in it.",
    ),
    "too_large": (
        "ファイルが大きすぎます({megabytes} MB)。受け付けるのは10 MBまでです。",
        "写真や使わないシートを消してから保存し、選び直してください。",
        "The file is too large ({megabytes} MB; the limit is 10 MB). Remove pictures and unused sheets and save again.",
    ),
    "virus_test": (
        "ウイルス検査用の印が入ったファイルです。読み込みません。",
        _CHOOSE,
        f"The file carries the mark used to test virus scanners and is not read. {_CHOOSE_EN}",
    ),
    "pdf": (
        "PDFファイルです。名簿として読むことができません。",
        "元のExcelファイルかCSVファイルを選び直してください。",
        "This is a PDF and cannot be read as a roster. Choose the Excel or CSV file it was made from.",
    ),
    "picture": ("画像ファイルです。名簿として読むことができません。", _CHOOSE, f"This is a picture. {_CHOOSE_EN}"),
    "document": ("文書ファイルです。名簿として読むことができません。", _CHOOSE, f"This is a document. {_CHOOSE_EN}"),
    "program": ("プログラムのファイルです。読み込みません。", _CHOOSE, f"This is a program. {_CHOOSE_EN}"),
    "archive_other": (
        "圧縮ファイルです。このままでは読むことができません。",
        f"圧縮を解いてから、{_CHOOSE}",
        f"This is a compressed archive. Unpack it first. {_CHOOSE_EN}",
    ),
    "archive_plain": (
        "ZIPファイルで、中に表計算のブックがありません。",
        f"ZIPを開いて中の名簿を取り出してから、{_CHOOSE}",
        f"This is a ZIP file and not a workbook. Take the roster out of it first. {_CHOOSE_EN}",
    ),
    "xls_too_old": (
        "とても古い形式(Excel 4.0以前)のファイルです。",
        _RESAVE,
        f"This file is in a very old form (Excel 4.0 or before). {_RESAVE_EN}",
    ),
    "xlsb": ("バイナリ形式(.xlsb)のブックです。", _RESAVE, f"This is a binary workbook (.xlsb). {_RESAVE_EN}"),
    "word": (
        "Wordの文書です。名簿として読むことができません。",
        f"表をExcelに写して保存するか、{_CHOOSE}",
        f"This is a Word document. {_CHOOSE_EN}",
    ),
    "powerpoint": (
        "PowerPointの資料です。名簿として読むことができません。",
        _CHOOSE,
        f"This is a PowerPoint file. {_CHOOSE_EN}",
    ),
    "numbers": (
        "MacのNumbersの書類です。",
        "Numbersの「書き出す」で「Excel」を選んで保存し、そのファイルを選び直してください。",
        "This is a Numbers document. Export it to Excel in Numbers and choose that file.",
    ),
    "html": (
        "拡張子はExcelやCSVでも、中身はWebページ(HTML)です。",
        _RESAVE,
        f"Whatever its name says, this is a web page (HTML). {_RESAVE_EN}",
    ),
    "xml_2003": (
        "XML形式(Excel 2003 XMLスプレッドシートなど)のファイルです。",
        _RESAVE,
        f"This is an XML file, such as an Excel 2003 XML spreadsheet. {_RESAVE_EN}",
    ),
    "binary": (
        "名簿として読める形式ではありません。文字ではないデータが入っています。",
        _CHOOSE,
        f"This is not a form that can be read as a roster; it holds data that is not text. {_CHOOSE_EN}",
    ),
    "bytes_broken": (
        "{line}行目に、文字として読めない部分があります。ファイルが壊れているか、文字コードが混ざっています。",
        "元のソフトで「CSV UTF-8」として保存し直してから選び直してください。",
        "Line {line} holds bytes that are no text: the file is damaged or mixes codings. Save it again as CSV UTF-8.",
    ),
    "password": (
        "パスワードで保護されたファイルです。",
        "パスワードを外して保存したものを選び直してください(パスワードはここに入力しないでください)。",
        "The file is protected by a password. Save it without one and choose it again; never type the password here.",
    ),
    "macro": (
        "マクロの入ったブックです。安全のため読み込みません。",
        "「名前を付けて保存」で種類を「Excelブック(*.xlsx)」にし、マクロを外して保存してください。",
        "The workbook holds macros and is not read. Save it as an Excel workbook (.xlsx) without macros.",
    ),
    "truncated": (
        "ファイルが途中で切れています。コピーやダウンロードが最後まで終わっていないようです。",
        "元のファイルをコピーし直して、もう一度選んでください。",
        "The file breaks off; a copy or download did not finish. Copy it again and choose it again.",
    ),
    "archive_broken": (
        "ブックが壊れているため開けません。",
        _RESAVE,
        f"The workbook is damaged and cannot be opened. {_RESAVE_EN}",
    ),
    "archive_entries": (
        "ブックの中の部品が多すぎます(2,000個を超えます)。安全のため読み込みません。",
        _COPY,
        f"The workbook has too many parts inside (over 2,000) and is not read. {_COPY_EN}",
    ),
    "archive_names": (
        "ブックの中に、名前や置き場所が不正な部品があります。安全のため読み込みません。",
        _COPY,
        f"A part of the workbook has an improper name or place; it is not read. {_COPY_EN}",
    ),
    "archive_overlap": (
        "ブックの中の部品どうしが重なっています。安全のため読み込みません。",
        _COPY,
        f"Parts of the workbook overlap; it is not read. {_COPY_EN}",
    ),
    "archive_sizes": (
        "ブックの中の大きさの記録が実際と違います。壊れているか、手が加えられています。",
        _COPY,
        f"The sizes recorded in the workbook are untrue: it is damaged or was tampered with. {_COPY_EN}",
    ),
    "archive_method": (
        "ブックが特殊な方式で圧縮されています。",
        _RESAVE,
        f"The workbook is compressed in an unusual way. {_RESAVE_EN}",
    ),
    "archive_dtd": (
        "ブックの中に、外部を読みに行く、または際限なく膨らむ定義(DTD)があります。安全のため読み込みません。",
        _COPY,
        f"The workbook defines entities that reach outside or grow without end (DTD); it is not read. {_COPY_EN}",
    ),
    "unpacks_too_large": (
        "展開すると大きすぎるファイルです({megabytes} MB以上)。",
        f"表の下や右の端まで罫線や書式が付いていると大きくなります。{_COPY}",
        "The file unpacks to {megabytes} MB or more; formats down to the end of a sheet do that. " + _COPY_EN,
    ),
    "too_heavy": (
        "中身が大きすぎて読み切れませんでした。名簿は何も変わっていません。",
        _COPY,
        f"The content is too large to be read; nothing was changed. {_COPY_EN}",
    ),
    "too_slow": (
        "読み取りに時間がかかりすぎたため中止しました。名簿は何も変わっていません。",
        _COPY,
        f"Reading took too long and was stopped; nothing was changed. {_COPY_EN}",
    ),
    "too_many_rows": (
        "行が多すぎます({rows}行以上)。一度に読むのは2,000行までです。",
        "今回の旅行の参加者だけを残して保存し、選び直してください。",
        "Too many rows ({rows} or more; the limit is 2,000). Keep only those who take part in this trip.",
    ),
    "too_many_values": (
        "データの入ったセルが多すぎるシート(60万個以上)があります。",
        "名簿のシートだけを残し、今回の旅行の参加者だけにして保存し、選び直してください。",
        "A sheet holds too many filled cells (600,000 or more). Keep only the roster and this trip.",
    ),
    "too_many_columns": (
        "列が多すぎます(セル{address}にもデータがあります)。読むのは60列目(BH列)までです。",
        "名簿に使わない列を消してから保存し、選び直してください。",
        "Too many columns (cell {address} is filled; the limit is column BH). Remove the columns you do not need.",
    ),
    "too_many_sheets": (
        "シートが多すぎます({sheets}枚)。読むのは60枚までです。",
        "名簿のシートだけを残して保存し、選び直してください。",
        "Too many sheets ({sheets}; the limit is 60). Keep only the roster's sheets.",
    ),
    "too_much_text": (
        "文字が多すぎます。名簿ではないデータが入っているようです。",
        _COPY,
        f"There is too much text; it seems to hold more than a roster. {_COPY_EN}",
    ),
    "quote_unclosed": (
        '{line}行目から始まる引用符「"」が閉じていません。そこから後の行が区切れません。',
        'その行の「"」を消すか、対にしてから保存し、選び直してください。',
        'The quotation mark (") opened on line {line} never closes, so later rows run together. Close or delete it.',
    ),
    "quote_misplaced": (
        '{line}行目の引用符「"」の使い方が正しくないため、列が区切れません。',
        'その行の「"」を消してから保存し、選び直してください。',
        'A quotation mark (") on line {line} is out of place, so columns cannot be told apart. Delete it.',
    ),
    "line_too_long": (
        "{line}行目に、長すぎる項目(2,000文字を超える)があります。",
        'その行の区切りや引用符「"」を確かめて保存し、選び直してください。',
        "Line {line} has an entry longer than 2,000 characters. Check its delimiters and quotation marks.",
    ),
    "cell_too_long": (
        "セル{address}の文字が多すぎます(2,000文字を超えます)。",
        "その欄を短くして保存し、選び直してください。",
        "Cell {address} holds more than 2,000 characters. Shorten it.",
    ),
    "sheet_missing": (
        "「{sheet}」というシートがありません。",
        "シートの名前を選び直してください。",
        "There is no sheet called {sheet}. Choose another.",
    ),
    "no_rows": (
        "どのシートにもデータがありません。",
        "名簿を入力して保存したものを選び直してください。",
        "No sheet holds any data. Fill in the roster, save it and choose it again.",
    ),
    "no_header": (
        "見出しの行が見つかりません。「氏名」の列がどれか分かりませんでした。",
        "表の上に「氏名」「ふりがな」「生年月日」「性別」などの見出しを書くか、列の割り当てを選んでください。",
        "No line of headings was found. Write headings such as Name, Date of birth, Sex, or choose the columns.",
    ),
    "header_only": (
        "見出し({row}行目)の下に、参加者の行がありません。",
        "参加者を入力して保存したものを選び直してください。",
        "There is nobody below the headings (row {row}). Fill in the people and choose the file again.",
    ),
    "no_name_column": (
        "「氏名」の列が割り当てられていません。",
        "氏名がどの列か(または姓と名の列)を選んでください。",
        "No column is assigned to the name. Choose the column of names (or of surname and given name).",
    ),
    "reader_failed": (
        "ファイルを読み取れませんでした。名簿は何も変わっていません。",
        _RESAVE,
        f"The file could not be read; nothing was changed. {_RESAVE_EN}",
    ),
}

NOTICES: dict[str, tuple[str, str]] = {
    "link": (
        "ほかのファイルへのリンクや外部データの計算式があります。保存されていた値だけを読みました。",
        "The workbook links to other files; only the values saved in it were read.",
    ),
    "xls_errors": (
        "古い形式(.xls)のため、#REF! などのエラーは空欄として読まれます。空欄の人を確かめてください。",
        "In the old form (.xls) errors such as #REF! are read as empty; check people with empty entries.",
    ),
    "ods_errors": (
        "#REF! などのエラーになっているセルがあります。空欄として読みました。空欄の人と行を確かめてください。",
        "Some cells show an error such as #REF! and were read as empty; check people and rows with empty entries.",
    ),
    "hidden_ods": (
        "隠れた行や列があります。隠れた行も読みました。",
        "Some rows or columns are hidden; hidden rows were read too.",
    ),
    "fallback": (
        "ブックの作りが特殊なため、別の方法で読みました。行数を確かめてください。",
        "The workbook is built unusually and was read in another way; check the number of rows.",
    ),
    "extension": (
        "ファイル名の末尾は{suffix}ですが、中身は{kind}でした。中身に合わせて読みました。",
        "The file's name ends in {suffix} but it is {kind}; it was read as such.",
    ),
    "stray": (
        "読む範囲(60列)の外にもデータがあります({addresses})。読んでいません。",
        "Some cells lie outside the 60 columns that are read ({addresses}); they were not read.",
    ),
    "hidden_rows": (
        "隠れている行({rows}行目)があります。隠れた行も読みました。要らない人は取り込みから外してください。",
        "Hidden rows ({rows}) were read too; leave out whom you do not want.",
    ),
    "hidden_columns": (
        "隠れている列({columns})があります。隠れた列も読みました。",
        "Hidden columns ({columns}) were read too.",
    ),
    "hidden_sheet": (
        "隠れているシート「{sheet}」を読みました。",
        "The hidden sheet {sheet} was read.",
    ),
    "other_sheets": (
        "ほかにも名簿らしいシートがあります({sheets})。あわせて読むときはシートを選んでください。",
        "Other sheets look like rosters too ({sheets}); choose them to be read as well.",
    ),
    "repeated_column": (
        "「{heading}」の列が重なっています。{column}列は読んでいません。",
        "The heading {heading} occurs more than once; column {column} was not read.",
    ),
    "forbidden_column": (
        "{column}列「{heading}」は集めない項目のため、読んでいません。",
        "Column {column} ({heading}) is never collected and was not read.",
    ),
    "unknown_columns": (
        "読んでいない列があります: {columns}。必要なら割り当てを選んでください。",
        "Columns not read: {columns}. Assign them if you need them.",
    ),
    "expected": (
        "計画の合計は{expected}人ですが、このファイルからは{found}人です。",
        "The plan says {expected} people; this file gives {found}.",
    ),
    "foreign_keys": (
        "「整理番号」が今の名簿と合わない行があります({rows}行目)。番号は使わず、氏名などで照らし合わせました。",
        "References that do not belong to this roster (rows {rows}) were ignored; people were matched by name.",
    ),
}
