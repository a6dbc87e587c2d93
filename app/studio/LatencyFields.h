// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace loopscope {

/// Every figure of simulated I/O in a field of its own, with the usual one behind it: disk, names, connections, hosts, buffers. What is
/// left empty is as usual. The content is a latency profile (docs/simulated-io.md).
class LatencyFields : public QWidget
{
    Q_OBJECT
public:
    explicit LatencyFields(QWidget *parent = nullptr);

    /// What the fields hold, with what there is no field for (records of hosts) as it was given.
    QJsonObject profile() const;
    void setProfile(const QJsonObject &profile);
    /// What is wrong where, in a sentence; empty if the runner understands it all.
    QString problem() const { return m_problem; }
    /// Gives the keyboard to the field with the problem, or to the first one.
    void focusField();
    void addHost(const QString &name, const QJsonObject &host);

    /// "1.05ms..1.8ms", as a profile has it.
    static QString timeText(quint64 leastNanoseconds, quint64 mostNanoseconds);

Q_SIGNALS:
    void changed();

private:
    struct Field
    {
        QString section; ///< "disk", "hosts"
        QString key; ///< "readFile"
        QLineEdit *edit;
        QLineEdit *host = nullptr; ///< the name, if it is of a host
        QString path() const; ///< as complaints name it, "disk.readFile"
    };
    QFormLayout *addSection(const QString &title, const QString &note);
    QLineEdit *addField(QFormLayout &form, const QString &section, const QString &key, const QString &label, const QString &usual);
    void addDiskField(const QString &operation);
    void addLink(QFormLayout &form, const QString &section, const QString &roundTrip, QLineEdit *host);
    void removeHost(QLineEdit *host, QWidget *block);
    /// Looks for problems and marks the field that has one.
    void check();

    QList<Field> m_fields;
    QJsonObject m_given;
    QString m_problem;
    QLineEdit *m_wrong = nullptr;
    QFormLayout *m_disk = nullptr;
    QVBoxLayout *m_column;
    QVBoxLayout *m_hosts = nullptr;
    QLabel *m_complaint;
};

} // namespace loopscope
