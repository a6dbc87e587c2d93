// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "UnsavedText.h"

#include "ScriptDocument.h"
#include "editor/SourceEditor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

namespace loopscope {

namespace {

constexpr int kSoon = 300; ///< ms
constexpr int kAtLatest = 2000; ///< ms

const QLatin1String kNameKey("name");
const QLatin1String kPathKey("path");
const QLatin1String kTextKey("text");

QString lockNameOf(const QString &file)
{
    return QFileInfo(file).path() + u'/' + QFileInfo(file).completeBaseName() + QLatin1String(".lock");
}

/// A lock that is free as soon as its process is gone, however long that lived.
std::unique_ptr<QLockFile> lockOf(const QString &file)
{
    auto lock = std::make_unique<QLockFile>(lockNameOf(file));
    lock->setStaleLockTime(0);
    return lock;
}

std::optional<UnsavedText::Draft> read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    const QString text = object.value(kTextKey).toString();
    if (text.isEmpty())
        return {};
    return UnsavedText::Draft{object.value(kNameKey).toString(), object.value(kPathKey).toString(), text};
}

} // namespace

UnsavedText::UnsavedText(const ScriptDocument &document, SourceEditor &editor, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_editor(editor)
{
    for (QTimer *timer : {&m_soon, &m_atLatest}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &UnsavedText::write);
    }
    m_soon.setInterval(kSoon);
    m_atLatest.setInterval(kAtLatest);
}

UnsavedText::~UnsavedText() { remove(); }

void UnsavedText::start(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return;
    m_folder = folder;
    m_file = folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + QLatin1String(".json");
    connect(&m_editor, &SourceEditor::textChanged, this, &UnsavedText::textChanged);
    connect(&m_document, &ScriptDocument::changed, this, &UnsavedText::documentChanged);
}

std::optional<UnsavedText::Draft> UnsavedText::takeFound()
{
    if (m_folder.isEmpty())
        return {};
    const QDir folder(m_folder);
    for (const QFileInfo &info : folder.entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time)) {
        if (info.filePath() == m_file)
            continue;
        auto lock = lockOf(info.filePath());
        if (!lock->tryLock())
            continue; // a window that is open
        m_foundFile = info.filePath();
        m_foundLock = std::move(lock);
        if (auto draft = read(info.filePath()))
            return draft;
        forgetFound(); // nothing in it
    }
    return {};
}

void UnsavedText::forgetFound()
{
    if (m_foundFile.isEmpty())
        return;
    QFile::remove(m_foundFile);
    m_foundFile.clear();
    m_foundLock.reset();
}

void UnsavedText::textChanged()
{
    if (!m_document.isModified() && m_lock == nullptr)
        return;
    m_soon.start();
    if (!m_atLatest.isActive())
        m_atLatest.start();
}

void UnsavedText::documentChanged()
{
    if (!m_document.isModified())
        remove();
    else
        textChanged();
}

void UnsavedText::flush()
{
    if (m_soon.isActive())
        write();
}

void UnsavedText::write()
{
    m_soon.stop();
    m_atLatest.stop();
    if (!m_document.isModified()) {
        remove();
        return;
    }
    if (m_lock == nullptr) {
        m_lock = lockOf(m_file);
        // Without a lock another window would take the text for left behind: better none than somebody else's.
        if (!m_lock->tryLock()) {
            m_lock.reset();
            return;
        }
    }
    QSaveFile file(m_file);
    const QJsonObject object{{kNameKey, m_document.name()}, {kPathKey, m_document.path()}, {kTextKey, m_editor.text()}};
    if (!file.open(QIODevice::WriteOnly))
        return; // a full disk: the next key tries again
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(object).toJson(QJsonDocument::Compact));
    file.commit();
}

void UnsavedText::remove()
{
    m_soon.stop();
    m_atLatest.stop();
    if (m_lock == nullptr)
        return;
    QFile::remove(m_file);
    m_lock.reset();
}

} // namespace loopscope
