// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "written/WrittenFileWindow.h"

#include "theme/Theme.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStringDecoder>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qint64 kMostText = 4'000'000; ///< bytes that are shown
constexpr qint64 kMostHexadecimal = 65'536;
constexpr int kBytesInLine = 16;

} // namespace

WrittenFileWindow::WrittenFileWindow(const WrittenFile &file, const QString &folder, const QString &facts, QWidget *parent)
    : QDialog(parent)
    , m_file(file)
    , m_folder(folder)
    , m_said(new QLabel(this))
{
    const Theme &theme = Theme::current();
    const int space = qRound(theme.scaled(8));
    setWindowTitle(tr("%1 – as the script wrote it").arg(QFileInfo(file.path).fileName()));
    QString how;
    const QString text = read(&how);
    auto *path = new QLabel(file.path);
    path->setFont(theme.font(Theme::TextRole::Code));
    path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    path->setWordWrap(true);
    auto *fact = new QLabel(how.isEmpty() ? facts : facts + u'\n' + how);
    fact->setTextFormat(Qt::PlainText);
    fact->setWordWrap(true);
    auto *content = new QPlainTextEdit(text);
    content->setReadOnly(true);
    content->setObjectName(QStringLiteral("writtenContent"));
    content->setAccessibleName(tr("Content of %1").arg(file.path));
    content->setFont(theme.font(Theme::TextRole::Code));
    content->setLineWrapMode(QPlainTextEdit::NoWrap);
    content->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_said->setWordWrap(true);
    auto *save = new QPushButton(tr("Save a copy…"));
    save->setAutoDefault(false);
    save->setEnabled(QFileInfo(m_file.copyIn(m_folder)).isFile());
    connect(save, &QPushButton::clicked, this, &WrittenFileWindow::saveCopy);
    auto *shut = new QPushButton(tr("Close"));
    connect(shut, &QPushButton::clicked, this, &QDialog::close);
    auto *row = new QHBoxLayout;
    row->addWidget(m_said, 1);
    row->addWidget(save);
    row->addWidget(shut);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space * 2, space * 2, space * 2, space * 2);
    column->setSpacing(space);
    column->addWidget(path);
    column->addWidget(fact);
    column->addWidget(content, 1);
    column->addLayout(row);
    resize(qRound(theme.scaled(640)), qRound(theme.scaled(460)));
    content->setFocus();
}

QString WrittenFileWindow::contentMissing()
{
    return tr("A recording tells which files were written, but not what is in them. Run the script again, here or with \"loopscope run "
              "SCRIPT --written FOLDER\".");
}

QString WrittenFileWindow::read(QString *how) const
{
    if (m_file.change == WrittenFile::Change::Removed) {
        *how = tr("The script removed it, in memory only: on the disk it is as it was.");
        return {};
    }
    if (m_file.type != WrittenFile::Type::File) {
        *how = m_file.type == WrittenFile::Type::Link ? tr("A link to %1.").arg(m_file.target) : tr("A folder.");
        return {};
    }
    if (m_folder.isEmpty()) {
        *how = contentMissing();
        return {};
    }
    QFile copy(m_file.copyIn(m_folder));
    if (!copy.open(QIODevice::ReadOnly)) {
        *how = copy.exists() ? tr("It cannot be read: %1.").arg(copy.errorString())
                             : tr("It is too large to be kept for the window. \"loopscope run SCRIPT --written FOLDER\" copies it too.");
        return {};
    }
    return shownText(copy.read(kMostText), copy.size(), how);
}

QString WrittenFileWindow::shownText(const QByteArray &bytes, qint64 size, QString *how)
{
    if (size == 0) {
        *how = tr("It is empty.");
        return {};
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (!decoder.hasError() && !bytes.contains('\0')) {
        if (bytes.size() < size)
            *how = tr("The first %L1 of %L2 bytes.").arg(bytes.size()).arg(size);
        return text;
    }
    const QByteArray start = bytes.first(std::min<qsizetype>(bytes.size(), kMostHexadecimal));
    *how = start.size() < size ? tr("No text: the first %L1 of %L2 bytes, in hexadecimal.").arg(start.size()).arg(size)
                               : tr("No text: its %L1 bytes, in hexadecimal.").arg(size);
    return hexadecimal(start);
}

QString WrittenFileWindow::hexadecimal(const QByteArray &bytes)
{
    QString text;
    for (qsizetype at = 0; at < bytes.size(); at += kBytesInLine) {
        const QByteArray line = bytes.mid(at, kBytesInLine);
        QString shown;
        for (const char byte : line)
            shown += byte >= 0x20 && byte < 0x7f ? QLatin1Char(byte) : QLatin1Char('.');
        text += QStringLiteral("%1  %2  |%3|\n")
                    .arg(at, 8, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(line.toHex(' ')), -(kBytesInLine * 3 - 1))
                    .arg(shown);
    }
    return text;
}

void WrittenFileWindow::saveCopy()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a copy"), QFileInfo(m_file.path).fileName());
    if (path.isEmpty())
        return;
    QFile::remove(path);
    QFile copy(m_file.copyIn(m_folder));
    m_said->setText(copy.copy(path) ? tr("saved as %1").arg(QFileInfo(path).fileName())
                                    : tr("%1 cannot be written: %2. Choose another place.").arg(path, copy.errorString()));
}

} // namespace loopscope
