from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting_blocks", "0001_initial")]
    operations = [
        migrations.RenameModel("VotingCode", "VotingRight"),
        migrations.RenameField("VotingRight", "code_hash", "secret_hash"),
    ]
